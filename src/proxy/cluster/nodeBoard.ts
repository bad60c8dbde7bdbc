import type { NodeHealth } from "../../contract/api.ts";
import type { EpochMs } from "../../upgrade/status.ts";

/** How the addresses of one cluster fare, and which to ask first. Addresses are told apart by their index. */
export type NodeBoard = {
  /** All addresses, the one that answered last first. */
  readonly order: () => readonly number[];
  /** An address answered; it is asked first from now on. */
  readonly stayWith: (index: number) => void;
  /** No address answered; another one is asked first next time. */
  readonly advance: () => void;
  readonly noteAnswer: (index: number) => void;
  readonly noteVersion: (index: number, version: string | null) => void;
  readonly noteFailure: (index: number, reason: string) => void;
  /** The address other than the first that was not asked for longest, and for at least so long; null if there is none. */
  readonly longestUnasked: (forMs: number) => number | null;
  readonly list: () => readonly NodeHealth[];
};

/** A board on which no address was asked yet. */
export function openNodeBoard(urls: readonly string[], now: () => EpochMs): NodeBoard {
  const openedAt = now();
  const health: NodeHealth[] = urls.map((url) => ({
    url,
    answered: false,
    since: openedAt,
    version: null,
    reason: null,
  }));
  const askedAt: (EpochMs | null)[] = urls.map(() => null);
  let first = 0;

  const note = (index: number, answered: boolean, reason: string | null): void => {
    const before = health[index];
    if (before !== undefined) {
      const at = now();
      const isNew = askedAt[index] === null || before.answered !== answered;
      askedAt[index] = at;
      health[index] = { ...before, answered, since: isNew ? at : before.since, reason };
    }
  };

  return {
    order: () => urls.map((_, offset) => (first + offset) % urls.length),
    stayWith: (index) => {
      first = index;
    },
    advance: () => {
      first = (first + 1) % urls.length;
    },
    noteAnswer: (index) => note(index, true, null),
    noteFailure: (index, reason) => note(index, false, reason),
    noteVersion: (index, version) => {
      const before = health[index];
      if (before !== undefined && version !== null) {
        health[index] = { ...before, version };
      }
    },
    longestUnasked: (forMs) => {
      const since = (index: number): EpochMs => askedAt[index] ?? Number.NEGATIVE_INFINITY;
      const at = now();
      const due = urls
        .map((_, index) => index)
        // A clock that was set back must not put off the question for ever.
        .filter((index) => index !== first && Math.abs(at - since(index)) >= forMs)
        .sort((one, other) => (since(one) < since(other) ? -1 : 1));
      return due[0] ?? null;
    },
    list: () => [...health],
  };
}
