import type { Span } from "../span.ts";
import type { EpochMs, UpgradeSettings } from "../status.ts";
import { sameVersion, versionText } from "../version.ts";
import type { Anomaly } from "./anomaly.ts";
import { cutDrafts, type RunDraft } from "./cut.ts";
import { type ErrorEntry, errorLedger, presentError } from "./errors.ts";
import { runId } from "./id.ts";
import { outcomeOf, type Proof, type RunOutcome } from "./outcome.ts";
import { type Absence, partsOf, type RunPart } from "./parts.ts";
import { runOf } from "./run.ts";
import { type RunState, statesOf } from "./runStates.ts";
import { type Sampling, samplingOf } from "./sampling.ts";
import { type Wait, waitsOf } from "./waits.ts";

export type { Wait } from "./waits.ts";

/** Everything that is known of one upgrade. */
export type RunRecord = {
  /** See `id.ts`. */
  readonly id: string;
  /** When its first answer was stored, by the clock of that time. */
  readonly storedFrom: EpochMs;
  readonly from: EpochMs;
  /** False when the start fell into a gap, or before the first poll. */
  readonly fromExact: boolean;
  /** When the answer came that ended it; null while it goes on. */
  readonly to: EpochMs | null;
  /** False where something was not heard between its last answer and the one that ended it. */
  readonly toExact: boolean;
  /** False where nobody watched for a time between its last answer and the one that ended it; an absence has its end. */
  readonly toWatched: boolean;
  /** Its last answer. */
  readonly lastHeard: EpochMs;
  readonly fromVersion: string | null;
  readonly targetVersion: string | null;
  readonly settings: UpgradeSettings | null;
  readonly outcome: RunOutcome;
  readonly proof: Proof | null;
  /**
   * How far it came: `begun` while it prepares, `abandoned` where that ended in idle or with another target before any
   * commit, `committed` once a commit was heard or followed.
   */
  readonly prepare: "begun" | "abandoned" | "committed";
  /** The run before, where that was abandoned and this one prepares the same target again. */
  readonly repeats: string | null;
  /** The run after, where this one was abandoned and that one prepares the same target again. */
  readonly repeatedBy: string | null;
  readonly states: readonly RunState[];
  readonly waits: readonly Wait[];
  readonly absences: readonly Absence[];
  readonly errors: readonly ErrorEntry[];
  readonly anomalies: readonly Anomaly[];
  readonly parts: readonly RunPart[];
  readonly sampling: Sampling;
};

/** What records are made with. */
export type RecordOptions = {
  /** The same spans, dated as they were stored; the same array where no clock was set. */
  readonly stored?: readonly Span[];
  /** How many addresses of the cluster are asked. */
  readonly addresses?: number;
};

/**
 * Every upgrade in a history, oldest first.
 *
 * @param spans oldest first
 */
export function runRecords(
  spans: readonly Span[],
  { stored = spans, addresses = 1 }: RecordOptions = {},
): readonly RunRecord[] {
  const known = new Set<string>();
  const records = cutDrafts(spans).map((draft) => {
    const storedFrom = stored[draft.start]?.from ?? 0;
    const record = recordOf(draft, storedFrom, addresses);
    // Only a clock that was set back can store two starts in one millisecond.
    const id = known.has(record.id) ? `${record.id}-${known.size}` : record.id;
    known.add(id);
    return { ...record, id };
  });
  return withRepeats(records);
}

function recordOf(draft: RunDraft, storedFrom: EpochMs, addresses: number): RunRecord {
  const run = runOf(draft);
  const { parts, absences } = partsOf(draft, addresses);
  const states = statesOf(draft, parts);
  const lastHeard = draft.spans.findLast(({ kind }) => kind === "status")?.to ?? run.from;
  const { outcome, proof } = outcomeOf(draft);
  const { fromVersion } = run;
  return {
    id: runId(storedFrom),
    storedFrom,
    from: run.from,
    fromExact: run.fromExact,
    to: run.to,
    toExact: draft.ending.kind !== "none" && draft.spans.at(-1)?.kind === "status",
    toWatched:
      draft.ending.kind !== "none" &&
      draft.spans.findLast(({ kind }) => kind !== "unreachable")?.kind === "status",
    lastHeard,
    fromVersion: fromVersion === null ? null : versionText(fromVersion),
    targetVersion: run.targetVersion,
    settings: run.settings,
    outcome,
    proof,
    prepare: prepareOf(draft, outcome, states),
    repeats: null,
    repeatedBy: null,
    states,
    waits: waitsOf(draft, parts, run.settings),
    absences,
    errors: errorLedger(withErrorsAfter(draft)),
    anomalies: run.anomalies,
    parts,
    sampling: samplingOf(draft, parts),
  };
}

const beforeCommit = new Set(["UPGRADE_STATE_PREPARING", "UPGRADE_STATE_PREPARED"]);

function prepareOf(
  draft: RunDraft,
  outcome: RunOutcome,
  states: readonly RunState[],
): RunRecord["prepare"] {
  const isBefore = states.every(({ state }) => beforeCommit.has(state));
  if (outcome.kind === "not-committed") {
    return "abandoned";
  }
  if (isBefore && outcome.kind === "superseded") {
    return draft.spans.at(-1)?.kind === "status" ? "abandoned" : "begun";
  }
  return isBefore && outcome.kind !== "proven" ? "begun" : "committed";
}

/** Tells of each run whether it prepares again what the one before it had abandoned. */
export function withRepeats<Told extends RepeatFacts>(records: readonly Told[]): readonly Told[] {
  return records.map((record, index) => {
    const before = records[index - 1];
    const after = records[index + 1];
    return {
      ...record,
      repeats: before !== undefined && isRepeated(before, record) ? before.id : null,
      repeatedBy: after !== undefined && isRepeated(record, after) ? after.id : null,
    };
  });
}

type RepeatFacts = Pick<RunRecord, "id" | "prepare" | "targetVersion" | "repeats" | "repeatedBy">;

function isRepeated(one: RepeatFacts, next: RepeatFacts): boolean {
  const same = sameVersion(one.targetVersion, next.targetVersion);
  const isSame = one.targetVersion !== null && (same ?? one.targetVersion === next.targetVersion);
  return one.prepare === "abandoned" && isSame;
}

/** An error that the idle after it still reports is the run's own. */
function withErrorsAfter({ spans, ending }: RunDraft): readonly Span[] {
  if (ending.kind !== "idle") {
    return spans;
  }
  const { idle } = ending;
  const cleared = idle.findIndex(({ status }) => presentError(status.error_info) === null);
  return [...spans, ...(cleared === -1 ? idle : idle.slice(0, cleared + 1))];
}
