import type { NodeHealth } from "../../../contract/api.ts";
import type { Clock } from "../../clock.ts";
import type { Certificate } from "./certificates.ts";
import type { Claims, Stretch } from "./disagreement.ts";

/** How the addresses of one cluster fare, and which to ask first. Addresses are told apart by their index. */
export type NodeBoard = {
  /** All addresses, the one that answered last first. */
  readonly order: () => readonly number[];
  /** An address answered; it is asked first from now on. */
  readonly stayWith: (index: number) => void;
  /** No address answered; another one is asked first next time. */
  readonly advance: () => void;
  readonly noteAnswer: (index: number, state: string) => void;
  readonly noteVersion: (index: number, version: string | null) => void;
  readonly noteFailure: (index: number, reason: string) => void;
  readonly noteCertificate: (index: number, certificate: Certificate) => void;
  /** The address other than the first that was not asked for longest, and for at least so long; null if there is none. */
  readonly longestUnasked: (forMs: number) => number | null;
  readonly list: () => readonly NodeHealth[];
  /** What each address says of the cluster, the one that is asked first in front. */
  readonly claims: () => readonly Claims[];
  readonly certificates: () => readonly Certificate[];
};

/** What is known of one address; its moments are of the steady clock. It changes in place: that happens at every poll. */
type Entry = {
  readonly url: string;
  answered: boolean;
  since: number;
  heardAt: number | null;
  /** As it was heard last; kept through failures. */
  knownVersion: string | null;
  reason: string | null;
  askedMs: number | null;
  /** Since it last failed, it has said this. */
  state: Stretch | null;
  /** Since it last failed, it has run this: nothing changes its version without taking it down. */
  version: Stretch | null;
  certificate: Certificate | null;
};

/** A board on which no address was asked yet. */
export function openNodeBoard(
  urls: readonly string[],
  clock: Pick<Clock, "steadyMs" | "dateOf">,
): NodeBoard {
  const openedMs = clock.steadyMs();
  const entries: readonly Entry[] = urls.map((url) => ({
    url,
    answered: false,
    since: openedMs,
    heardAt: null,
    knownVersion: null,
    reason: null,
    askedMs: null,
    state: null,
    version: null,
    certificate: null,
  }));
  let first = 0;

  /** Notes how an address fared when it was asked just now. */
  const noteAsked = (entry: Entry, answered: boolean, nowMs: number): void => {
    if (entry.askedMs === null || entry.answered !== answered) {
      entry.since = nowMs;
    }
    entry.answered = answered;
    entry.askedMs = nowMs;
  };
  const inOrder = (): readonly number[] => urls.map((_, offset) => (first + offset) % urls.length);

  return {
    order: inOrder,
    stayWith: (index) => {
      first = index;
    },
    advance: () => {
      first = (first + 1) % urls.length;
    },
    noteAnswer: (index, state) => {
      const entry = entries[index];
      if (entry === undefined) {
        return;
      }
      const nowMs = clock.steadyMs();
      noteAsked(entry, true, nowMs);
      entry.heardAt = nowMs;
      entry.reason = null;
      entry.state = stretched(entry.state, state, nowMs);
      entry.version =
        entry.version === null ? null : stretched(entry.version, entry.version.value, nowMs);
    },
    noteFailure: (index, reason) => {
      const entry = entries[index];
      if (entry === undefined) {
        return;
      }
      noteAsked(entry, false, clock.steadyMs());
      entry.reason = reason;
      entry.state = null;
      entry.version = null;
    },
    noteVersion: (index, version) => {
      const entry = entries[index];
      if (entry === undefined || version === null) {
        return;
      }
      entry.knownVersion = version;
      entry.version = stretched(entry.version, version, clock.steadyMs());
    },
    noteCertificate: (index, certificate) => {
      const entry = entries[index];
      if (entry !== undefined) {
        entry.certificate = certificate;
      }
    },
    longestUnasked: (forMs) => {
      const askedMs = (index: number): number =>
        entries[index]?.askedMs ?? Number.NEGATIVE_INFINITY;
      const nowMs = clock.steadyMs();
      const due = urls
        .map((_, index) => index)
        .filter((index) => index !== first && nowMs - askedMs(index) >= forMs)
        .sort((one, other) => (askedMs(one) < askedMs(other) ? -1 : 1));
      return due[0] ?? null;
    },
    list: () =>
      entries.map(({ url, answered, since, state, heardAt, knownVersion, reason }) => ({
        url,
        answered,
        since: clock.dateOf(since),
        state: state?.value ?? null,
        heardAt: heardAt === null ? null : clock.dateOf(heardAt),
        version: knownVersion,
        reason,
      })),
    claims: () =>
      inOrder().flatMap((index) => {
        const entry = entries[index];
        return entry === undefined
          ? []
          : [{ url: entry.url, state: entry.state, version: entry.version }];
      }),
    certificates: () => entries.flatMap(({ certificate }) => certificate ?? []),
  };
}

/** A stretch that goes on while the same is said, and begins anew with anything else. */
function stretched(before: Stretch | null, value: string, nowMs: number): Stretch {
  return { value, from: before?.value === value ? before.from : nowMs, to: nowMs };
}
