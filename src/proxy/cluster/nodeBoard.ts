import type { NodeHealth } from "../../contract/api.ts";
import type { Clock } from "../clock.ts";

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
export function openNodeBoard(
  urls: readonly string[],
  clock: Pick<Clock, "steadyMs" | "dateOf">,
): NodeBoard {
  const openedMs = clock.steadyMs();
  /** Here `since` is a moment of the steady clock. */
  const health: NodeHealth[] = urls.map((url) => ({
    url,
    answered: false,
    since: openedMs,
    version: null,
    reason: null,
  }));
  const askedMs: (number | null)[] = urls.map(() => null);
  let first = 0;

  const note = (index: number, answered: boolean, reason: string | null): void => {
    const before = health[index];
    if (before !== undefined) {
      const nowMs = clock.steadyMs();
      const isNew = askedMs[index] === null || before.answered !== answered;
      askedMs[index] = nowMs;
      health[index] = { ...before, answered, since: isNew ? nowMs : before.since, reason };
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
      const since = (index: number): number => askedMs[index] ?? Number.NEGATIVE_INFINITY;
      const nowMs = clock.steadyMs();
      const due = urls
        .map((_, index) => index)
        .filter((index) => index !== first && nowMs - since(index) >= forMs)
        .sort((one, other) => (since(one) < since(other) ? -1 : 1));
      return due[0] ?? null;
    },
    list: () => health.map((node) => ({ ...node, since: clock.dateOf(node.since) })),
  };
}
