import type { Span } from "../span.ts";
import { type EpochMs, isState } from "../status.ts";
import { type EarlierRun, type EarlierState, preparingMarks } from "./earlierRun.ts";
import type { Absence } from "./parts.ts";
import type { RunRecord } from "./record.ts";
import type { RunState } from "./runStates.ts";

/** What a forecast needs of a run, whether or not it ended; `earlierRun` makes the rest of it. */
export type ForecastFacts = Pick<EarlierRun, "states" | "preparing">;

function forecastFacts(record: RunRecord, spans: readonly Span[]): ForecastFacts {
  return { states: earlierStates(record.states), preparing: preparingOf(record, spans) };
}

/** A run as lists tell it, small enough to be kept in memory. */
export type RunDigest = Omit<RunRecord, "parts" | "absences" | "errors" | "anomalies"> & {
  /** For how long nothing was heard, by reason. */
  readonly absentMs: Readonly<Record<Absence["kind"], number>>;
  readonly errorCount: number;
  readonly anomalyCount: number;
  readonly facts: ForecastFacts;
};

/**
 * Boils a run down to what lists tell of it.
 *
 * @param spans the run's, oldest first; others are not looked at
 */
export function digestOf(record: RunRecord, spans: readonly Span[]): RunDigest {
  const { parts: _parts, absences, errors, anomalies, ...rest } = record;
  const absentMs = { away: 0, outage: 0, unobserved: 0, missed: 0 };
  for (const { kind, from, to } of absences) {
    absentMs[kind] += to - from;
  }
  return {
    ...rest,
    absentMs,
    errorCount: errors.length,
    anomalyCount: anomalies.length,
    facts: forecastFacts(record, spans),
  };
}

/** What a forecast needs of an earlier run; null while it goes on. */
export function earlierRun(cluster: string, record: RunDigest): EarlierRun | null {
  const { to, settings, facts } = record;
  return to === null
    ? null
    : {
        cluster,
        run: record.id,
        from: record.from,
        to,
        exact: record.fromExact && record.toWatched,
        upgradeType: settings?.upgrade_type ?? null,
        rolling: settings?.do_rolling_reboot ?? null,
        nodesPerBatch: settings?.num_nodes_to_reboot ?? null,
        autoCommit: settings?.auto_commit ?? null,
        fromVersion: record.fromVersion,
        targetVersion: record.targetVersion,
        outcome: record.outcome.kind,
        ...facts,
        // Only the reboot endpoint counts nodes, and the history does not keep it: decision 012.
        nodes: null,
        perNodeMs: [],
      };
}

function earlierStates(states: readonly RunState[]): readonly EarlierState[] {
  const found = new Map<string, EarlierState>();
  for (const stay of states) {
    const { state } = stay;
    if (!isState(state)) {
      continue;
    }
    const before = found.get(state);
    const most = before === undefined ? 0 : before.mostMs;
    found.set(state, {
      state,
      ms: (before?.ms ?? 0) + stay.measuredMs + stay.inferredMs,
      mostMs: most === null || stay.mostMs === null ? null : most + stay.mostMs,
      exact: (before?.exact ?? true) && stay.fromExact && stay.toExact,
      longestStillMs: Math.max(before?.longestStillMs ?? 0, stay.longestStillMs),
    });
  }
  return [...found.values()];
}

function preparingOf(
  { from, to, states }: RunRecord,
  spans: readonly Span[],
): readonly (number | null)[] {
  const stay = states.find(({ state }) => state === "UPGRADE_STATE_PREPARING");
  if (stay === undefined || !stay.fromExact) {
    return [];
  }
  const heard = heardPercents(spans, from, to ?? Number.POSITIVE_INFINITY);
  return preparingMarks.map((mark) => {
    const reached = heard.find(({ percent }) => percent >= mark);
    return reached?.joined === true ? reached.at - stay.from : null;
  });
}

type Heard = { readonly at: EpochMs; readonly percent: number; readonly joined: boolean };

/** Every answer with its percent, and whether the poll before it was answered too. What follows PREPARING counts as 100. */
function heardPercents(spans: readonly Span[], from: EpochMs, to: EpochMs): readonly Heard[] {
  const heard: Heard[] = [];
  for (const [index, span] of spans.entries()) {
    if (span.from < from || span.from >= to || span.kind !== "status") {
      continue;
    }
    const isPreparing = span.status.state === "UPGRADE_STATE_PREPARING";
    const percent = isPreparing ? (span.status.progress ?? 0) : 100;
    heard.push({ at: span.from, percent, joined: spans[index - 1]?.kind === "status" });
    if (!isPreparing) {
      break;
    }
  }
  return heard;
}
