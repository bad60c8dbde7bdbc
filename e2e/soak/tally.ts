/** How many polls there were, over all the processes of a soak. */

/** Adds up what `/metrics` tells of one process after another. */
export type PollCounter = {
  /** @returns how many polls ended so far, in all */
  readonly add: (metrics: string) => number;
  readonly polls: () => number;
  /**
   * Ticks that were left out, without those that waited for a poll until its deadline.
   *
   * @param everyMs and deadlineMs in real time
   */
  readonly skipped: (everyMs: number, deadlineMs: number) => number;
};

export function pollCounter(): PollCounter {
  const polls = counter(/^upgrade_watch_polls_total\{.*\} (\d+)/gm);
  const timeouts = counter(/^upgrade_watch_polls_total\{.*"timeout".*\} (\d+)/gm);
  const skipped = counter(/^upgrade_watch_skipped_ticks_total\{.*\} (\d+)/gm);
  return {
    add: (metrics) => {
      timeouts.add(metrics);
      skipped.add(metrics);
      return polls.add(metrics);
    },
    polls: polls.total,
    skipped: (everyMs, deadlineMs) =>
      Math.max(0, skipped.total() - timeouts.total() * Math.ceil(deadlineMs / everyMs)),
  };
}

/** A counter begins at 0 again in a new process. */
function counter(pattern: RegExp) {
  let before = 0;
  let last = 0;
  return {
    add: (metrics: string): number => {
      const sum = [...metrics.matchAll(pattern)].reduce((all, [, value]) => all + Number(value), 0);
      before += sum < last ? last : 0;
      last = sum;
      return before + last;
    },
    total: (): number => before + last,
  };
}
