import type { EpochMs } from "./status.ts";

/** What the reboot endpoint of a cluster answers. */
export type RebootAnswer = {
  readonly total: number;
  readonly rebooted: number;
  /** The cluster's own word, e.g. `REBOOT_IN_PROGRESS`. */
  readonly state: string;
  /** The cluster's own error text; null when it reports none. */
  readonly error: string | null;
};

/** Nodes that came back one after another, or together in a batch. */
export type RebootStep = {
  /** How many nodes it brought back. */
  readonly nodes: number;
  /** How long it took, with what the cluster waited before the next; null where its begin or its end was not heard. */
  readonly ms: number | null;
};

/** A rolling reboot, as far as it was heard. */
export type RebootProgress = RebootAnswer & {
  /** Since when the count of rebooted nodes is what it is, or since when it was heard where that is not known. */
  readonly since: EpochMs;
  readonly sinceExact: boolean;
  /** Those that are over, the newest last. */
  readonly steps: readonly RebootStep[];
};

/** What was heard of a reboot: each count with the moment from which it held. All moments are of the caller's one clock. */
export type RebootTrace = {
  readonly total: number;
  /** Empty while no reboot goes on. */
  readonly counts: readonly Count[];
  /** The newest answer. */
  readonly heardAt: EpochMs;
};

type Count = {
  readonly rebooted: number;
  readonly since: EpochMs;
  /** False where it may have held before it was heard: after a start of ours, or a silence. */
  readonly exact: boolean;
};

/** Two answers that lie further apart leave open when between them a node came back. */
const exactWithinMs = 30_000;
/** More than any cluster has nodes; beyond it only the newest are kept. */
const mostCounts = 300;

const rebootIdle = "REBOOT_IDLE";

/** Whether the cluster says that a reboot goes on or is paused. */
export function isRebooting({ state }: Pick<RebootAnswer, "state">): boolean {
  return state !== rebootIdle;
}

/**
 * What is known of a reboot after one more answer.
 *
 * @param trace what was known before; null after a start, when nobody can know what went before
 */
export function hearReboot(
  trace: RebootTrace | null,
  answer: RebootAnswer,
  now: EpochMs,
): RebootTrace {
  const { total, rebooted } = answer;
  if (!isRebooting(answer)) {
    return { total, counts: [], heardAt: now };
  }
  const last = trace?.counts.at(-1);
  const exact = trace !== null && Math.abs(now - trace.heardAt) <= exactWithinMs;
  const count: Count = { rebooted, since: now, exact };
  if (trace === null || last === undefined) {
    return { total, counts: [count], heardAt: now };
  }
  if (trace.total !== total || rebooted < last.rebooted) {
    // Another reboot, whose begin was not heard.
    return { total, counts: [{ ...count, exact: false }], heardAt: now };
  }
  const counts = rebooted === last.rebooted ? trace.counts : [...trace.counts, count];
  return { total, counts: counts.slice(-mostCounts), heardAt: now };
}

/** A reboot as it is shown: the newest answer with what was heard of its course. */
export function rebootProgress(answer: RebootAnswer, trace: RebootTrace): RebootProgress {
  const { counts, heardAt } = trace;
  const last = counts.at(-1);
  const first = counts[0];
  const before: RebootStep[] =
    first !== undefined && first.rebooted > 0 ? [{ nodes: first.rebooted, ms: null }] : [];
  const heard = counts.slice(1).map((count, index): RebootStep => {
    const start = counts[index];
    const nodes = count.rebooted - (start?.rebooted ?? 0);
    const isKnown = start?.exact === true && count.exact && count.since > start.since;
    return { nodes, ms: isKnown ? count.since - start.since : null };
  });
  return {
    ...answer,
    since: last?.since ?? heardAt,
    sinceExact: last?.exact ?? false,
    steps: [...before, ...heard],
  };
}

/** The times of the nodes whose return was heard from begin to end; of a batch each has its share. */
export function nodeTimesMs(steps: readonly RebootStep[]): readonly number[] {
  return steps.flatMap(({ nodes, ms }) =>
    ms === null ? [] : Array.from({ length: nodes }, () => Math.round(ms / nodes)),
  );
}

/** The median time per node; null while no node's was heard. */
export function medianNodeMs(steps: readonly RebootStep[]): number | null {
  const sorted = nodeTimesMs(steps).toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : Math.round((lower + upper) / 2);
}

/** A step that takes longer than usual. */
export type LongStep = { readonly takenMs: number; readonly usualMs: number };

/** From so many nodes on, whose times were heard, something may be called usual. */
const fewestNodes = 2;
const longerThan = 1.5;
const leastExcessMs = 60_000;

/**
 * Whether the present node, or batch, takes longer than the others did; null where it does not, or nobody can know.
 *
 * @param batch how many nodes reboot at a time; null where the cluster does not say
 */
export function longStep(
  { total, rebooted, since, steps }: RebootProgress,
  batch: number | null,
  now: EpochMs,
): LongStep | null {
  const medianMs = medianNodeMs(steps);
  const left = total - rebooted;
  if (medianMs === null || nodeTimesMs(steps).length < fewestNodes || left <= 0) {
    return null;
  }
  const usualMs = medianMs * Math.max(1, Math.min(batch ?? 1, left));
  const takenMs = now - since;
  return takenMs > usualMs * longerThan && takenMs > usualMs + leastExcessMs
    ? { takenMs, usualMs }
    : null;
}
