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

/** What is known of one address. */
type Entry = {
  /** Its moments are of the steady clock. */
  readonly health: NodeHealth;
  readonly askedMs: number | null;
  /** Since it last failed, it has said this. */
  readonly state: Stretch | null;
  /** Since it last failed, it has run this: nothing changes its version without taking it down. */
  readonly version: Stretch | null;
  readonly certificate: Certificate | null;
};

/** A board on which no address was asked yet. */
export function openNodeBoard(
  urls: readonly string[],
  clock: Pick<Clock, "steadyMs" | "dateOf">,
): NodeBoard {
  const openedMs = clock.steadyMs();
  const entries: Entry[] = urls.map((url) => ({
    health: {
      url,
      answered: false,
      since: openedMs,
      state: null,
      heardAt: null,
      version: null,
      reason: null,
    },
    askedMs: null,
    state: null,
    version: null,
    certificate: null,
  }));
  let first = 0;

  const change = (index: number, next: (before: Entry) => Entry): void => {
    const before = entries[index];
    if (before !== undefined) {
      entries[index] = next(before);
    }
  };
  /** Since when it is as it is now. */
  const since = ({ health, askedMs }: Entry, answered: boolean, nowMs: number): number =>
    askedMs === null || health.answered !== answered ? nowMs : health.since;
  const inOrder = (): readonly number[] => urls.map((_, offset) => (first + offset) % urls.length);

  return {
    order: inOrder,
    stayWith: (index) => {
      first = index;
    },
    advance: () => {
      first = (first + 1) % urls.length;
    },
    noteAnswer: (index, state) =>
      change(index, (before) => {
        const nowMs = clock.steadyMs();
        const { health, version } = before;
        return {
          ...before,
          askedMs: nowMs,
          health: {
            ...health,
            answered: true,
            since: since(before, true, nowMs),
            state,
            heardAt: nowMs,
            reason: null,
          },
          state: stretched(before.state, state, nowMs),
          version: version === null ? null : stretched(version, version.value, nowMs),
        };
      }),
    noteFailure: (index, reason) =>
      change(index, (before) => {
        const nowMs = clock.steadyMs();
        const health = {
          ...before.health,
          answered: false,
          since: since(before, false, nowMs),
          state: null,
          reason,
        };
        return { ...before, askedMs: nowMs, health, state: null, version: null };
      }),
    noteVersion: (index, version) =>
      change(index, (before) =>
        version === null
          ? before
          : {
              ...before,
              health: { ...before.health, version },
              version: stretched(before.version, version, clock.steadyMs()),
            },
      ),
    noteCertificate: (index, certificate) =>
      change(index, (before) => ({ ...before, certificate })),
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
      entries.map(({ health }) => ({
        ...health,
        since: clock.dateOf(health.since),
        heardAt: health.heardAt === null ? null : clock.dateOf(health.heardAt),
      })),
    claims: () =>
      inOrder().flatMap((index) => {
        const entry = entries[index];
        return entry === undefined
          ? []
          : [{ url: entry.health.url, state: entry.state, version: entry.version }];
      }),
    certificates: () => entries.flatMap(({ certificate }) => certificate ?? []),
  };
}

/** A stretch that goes on while the same is said, and begins anew with anything else. */
function stretched(before: Stretch | null, value: string, nowMs: number): Stretch {
  return before?.value === value ? { ...before, to: nowMs } : { value, from: nowMs, to: nowMs };
}
