import { secondMs } from "../../../upgrade/duration.ts";
import { stateWord } from "../../../upgrade/status.ts";
import type { Refusal } from "../ask.ts";
import type { StatusPoll } from "../cluster.ts";
import { type Deadline, startDeadline } from "../deadline.ts";
import { hostOf } from "./disagreement.ts";
import type { NodeBoard } from "./nodeBoard.ts";

type Outcome = StatusPoll["outcome"];

/** What one poll came to, and by which address. */
export type Round = { readonly outcome: Outcome; readonly node: string | null };

/** The polls of a cluster with several addresses: each is one node's answer, and no node decides alone. */
export type StatusRounds = {
  /**
   * Asks the addresses in turn, until one brings a valid reply; of several failures the one that says most is kept.
   *
   * A state that differs from the last one is confirmed by another address in the same round: the first state that two
   * addresses tell wins, and where they differ the last one stays. What a lone address says counts at once where it has
   * spoken before, else when it says so again.
   *
   * @param isRefused whether asking another address would change nothing
   */
  readonly next: (
    ask: (index: number, deadline: Deadline) => Promise<Outcome>,
    deadline: Deadline,
    isRefused: () => boolean,
  ) => Promise<Round>;
  /** An address that polls leave out was heard to say something else: the next round counts voices. */
  readonly hear: (state: string) => void;
};

/** One address's valid answer. */
type Vote = { readonly index: number; readonly state: string; readonly outcome: Outcome };

/** Whoever confirms another's answer must not hold it up for long. */
const confirmWithinMs = secondMs;
/** So many voices are enough. */
const mostVotes = 3;

/** A node that did not answer while this process was blocked for so long is not to blame. */
const excusedMs = 500;

/**
 * No round so far.
 *
 * @param blockedMs for how long this process was kept from running, ever
 */
export function openStatusRounds(
  urls: readonly string[],
  board: NodeBoard,
  blockedMs: () => number = () => 0,
): StatusRounds {
  let previous: { readonly index: number; readonly state: string } | null = null;
  let held: Vote | null = null;
  let mustCount = false;

  const accept = ({ index, state, outcome }: Vote): Round => {
    previous = { index, state };
    held = null;
    board.stayWith(index);
    return { outcome, node: urls[index] ?? null };
  };

  /** What wins as soon as it was heard. */
  const winnerOf = (votes: readonly Vote[], isCounting: boolean): Vote | undefined => {
    const [first] = votes;
    const isNews = previous !== null && first?.state !== previous.state;
    if (!isNews && !isCounting) {
      return first;
    }
    return votes.find((one, place) => votes.findIndex(({ state }) => state === one.state) < place);
  };

  /** What wins once no more is to be heard, of voices that all differ. */
  const settle = (votes: readonly [Vote, ...Vote[]], isCounting: boolean): Round => {
    const [first] = votes;
    const stays = votes.find(({ state }) => state === previous?.state);
    if (stays !== undefined || votes.length > 1) {
      return accept(stays ?? first);
    }
    const isKnown = first.index === previous?.index || isCounting;
    const isRepeated = held?.index === first.index && held.state === first.state;
    if (previous === null || isKnown || isRepeated) {
      return accept(first);
    }
    held = first;
    const url = urls[first.index] ?? "";
    const before = urls[previous.index] ?? "";
    const message = `Only ${hostOf(url)} answers, and says ${stateWord(first.state)} where ${hostOf(before)} said ${stateWord(previous.state)}: it counts once it says so again.`;
    const outcome: Refusal = { ...noAddress, failure: { kind: "invalid", message } };
    return { outcome, node: url };
  };

  return {
    hear: (state) => {
      mustCount = previous !== null && state !== previous.state;
    },
    next: async (ask, deadline, isRefused) => {
      const isCounting = mustCount;
      mustCount = false;
      const votes: Vote[] = [];
      let kept: Round = { outcome: noAddress, node: null };
      const order = board.order();
      for (const [place, index] of order.entries()) {
        const leftMs = deadline.leftMs();
        if (leftMs === 0 || isRefused() || votes.length === mostVotes) {
          break;
        }
        // A node that hangs must leave time for another one.
        const shareMs = place === order.length - 1 ? leftMs : leftMs / 2;
        const limitMs = votes.length === 0 ? shareMs : Math.min(shareMs, confirmWithinMs);
        const blockedBeforeMs = blockedMs();
        // oxlint-disable-next-line no-await-in-loop -- the next one is asked only where this one does not do
        const outcome = await ask(index, startDeadline(limitMs));
        const problem = problemOf(outcome);
        const state = stateOf(outcome);
        if (problem === null && state !== null) {
          board.noteAnswer(index, state);
          votes.push({ index, state, outcome });
          const winner = winnerOf(votes, isCounting);
          if (winner !== undefined) {
            return accept(winner);
          }
        } else {
          if (blockedMs() - blockedBeforeMs < excusedMs) {
            board.noteFailure(index, problem ?? "");
          }
          if (kept.node === null || weight(outcome) > weight(kept.outcome)) {
            kept = { outcome, node: urls[index] ?? null };
          }
        }
      }
      const [first, ...others] = votes;
      if (first !== undefined) {
        return settle([first, ...others], isCounting);
      }
      previous = null;
      held = null;
      board.advance();
      return kept;
    },
  };
}

/** Where there is none to ask. */
export const noAddress: Refusal = {
  kind: "failure",
  failure: { kind: "refused", message: "There is no address to ask." },
  trust: false,
  httpStatus: null,
  retryAfterMs: null,
};

/** What is wrong with an outcome; null for a valid reply. */
export function problemOf(outcome: Outcome): string | null {
  if (outcome.kind === "failure") {
    return outcome.failure.message;
  }
  return outcome.reading.quality === "invalid" ? outcome.reading.message : null;
}

/** The state that a valid reply tells. */
export function stateOf(outcome: Outcome): string | null {
  return outcome.kind === "reading" && outcome.reading.quality !== "invalid"
    ? outcome.reading.status.state
    : null;
}

/** Which of several failures says most: distrust above all, then a refusal in words, then silence. */
function weight(outcome: Outcome): number {
  if (outcome.kind === "reading") {
    return 1;
  }
  if (outcome.trust) {
    return 3;
  }
  if (outcome.failure.kind === "auth") {
    return 2;
  }
  return outcome.httpStatus === null ? 0 : 1;
}
