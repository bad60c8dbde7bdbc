/** All that a run's Markdown and CSV tell, in the words of its page. */
import type { RunState } from "../../contract/runs.ts";
import { measuredWords } from "../../upgrade/duration.ts";
import { wholePercent } from "../../upgrade/span.ts";
import { type EpochMs, stateWord } from "../../upgrade/status.ts";
import {
  absenceReason,
  absenceWord,
  anomalyWordsOf,
  certaintyWords,
} from "../../upgrade/words/particulars.ts";
import { countWords, kindWords, repeatWords, waitWords } from "../../upgrade/words/run.ts";
import { settingRows } from "../../upgrade/words/settings.ts";
import { exactLength } from "./moments.ts";
import type { FoundRun } from "./recording.ts";

/** A moment, and whether it was heard: else it was by then at the latest, or only after. */
export type ToldMoment = { readonly at: EpochMs; readonly bound: "exact" | "by" | "after" };

/** One thing that is told. */
export type Fact = {
  readonly what: string;
  /** Words about it, or its value; what a cluster or a person wrote stands here unchanged. */
  readonly text: string;
  readonly from?: ToldMoment;
  /** Absent where it goes on, or is of a moment. */
  readonly to?: ToldMoment;
  readonly lengthMs?: number;
  /** Bounds of the length; null where there is none. */
  readonly leastMs?: number;
  readonly mostMs?: number | null;
  readonly measuredMs?: number;
  readonly inferredMs?: number;
  readonly basis?: "measured" | "measured in part" | "inferred" | "not heard";
};

const exact = (at: EpochMs): ToldMoment => ({ at, bound: "exact" });

/** All that is told of a run, by what it is about. */
export function factsOf(found: FoundRun) {
  return {
    run: runFacts(found),
    state: stateFacts(found),
    absence: absenceFacts(found),
    error: errorFacts(found),
    oddity: oddityFacts(found),
    setting: settingFacts(found),
    note: noteFacts(found),
    sampling: samplingFacts(found),
  };
}

/** How long the whole took, when, and what it was. */
function runFacts({ run, simulated }: FoundRun): readonly Fact[] {
  const { from, to, fromExact, toWatched, proof, settings, lastHeard, waits } = run;
  const begin: ToldMoment = { at: from, bound: fromExact ? "exact" : "by" };
  const end: ToldMoment = { at: to ?? lastHeard, bound: to === null || toWatched ? "exact" : "by" };
  const repeated = repeatWords(run);
  const text = (what: string, value: string): Fact => ({ what, text: value });
  return [
    text("Cluster", run.cluster),
    text("Name", run.name),
    ...(simulated ? [text("Simulated", "Yes: this is no real cluster.")] : []),
    text("Upgrade", run.id),
    text("From version", run.fromVersion ?? "not heard"),
    text("Target version", run.targetVersion ?? "not heard"),
    text("Kind", kindWords(settings)),
    text("Outcome", run.outcome.words),
    ...(repeated === null ? [] : [text("Prepare", repeated)]),
    {
      what: to === null ? "So far" : "From start to end",
      text: measuredWords(end.at - from),
      from: begin,
      to: end,
      lengthMs: end.at - from,
    },
    ...(proof === null
      ? []
      : [{ what: "Version read", text: proof.version, from: exact(proof.readAt) }]),
    ...waits.map((wait) => ({
      what: "Wait",
      text: waitWords(wait),
      lengthMs: wait.ms,
      leastMs: wait.leastMs,
      mostMs: wait.mostMs,
    })),
  ];
}

/** Each stay in a state. */
function stateFacts({ run }: FoundRun): readonly Fact[] {
  return run.states.map((state) => {
    const { inferred, measuredMs, inferredMs, leastMs, mostMs, open } = state;
    return {
      what: stateWord(state.state),
      text: certaintyWords(state, exactLength),
      from: { at: state.from, bound: inferred ? "after" : state.fromExact ? "exact" : "by" },
      ...(open ? {} : { to: endOf(state) }),
      ...(inferred ? {} : { lengthMs: measuredMs + inferredMs, measuredMs, inferredMs }),
      leastMs,
      mostMs,
      basis: inferred ? "inferred" : inferredMs > 0 ? "measured in part" : "measured",
    };
  });
}

function endOf({ inferred, to, toExact }: RunState): ToldMoment {
  return { at: to, bound: inferred ? "by" : toExact ? "exact" : "after" };
}

/** When nothing was heard, and why. */
function absenceFacts({ run }: FoundRun): readonly Fact[] {
  return run.absences.map((absence) => ({
    what: absenceWord(absence),
    text: absenceReason(absence),
    from: exact(absence.from),
    to: exact(absence.to),
    lengthMs: absence.to - absence.from,
    basis: "not heard",
  }));
}

/** Every error that it reported, kept after the cluster has cleared it. */
function errorFacts({ run }: FoundRun): readonly Fact[] {
  return run.errors.map(({ text, firstSeen, lastSeen, state, progress, holds }) => {
    const percent = wholePercent(progress);
    const at = `${stateWord(state)}${percent === null ? "" : ` ${percent} %`}`;
    return {
      what: `${holds ? "Still reported" : "Cleared"}, first at ${at}`,
      text,
      from: exact(firstSeen),
      to: exact(lastSeen),
    };
  });
}

/** What went on that should not have. */
function oddityFacts({ run }: FoundRun): readonly Fact[] {
  return run.anomalies.map((anomaly) => ({
    what: "Oddity",
    text: anomalyWordsOf(anomaly),
    from: exact(anomaly.at),
  }));
}

/** The six settings, with their meaning; nothing where none were reported. */
function settingFacts({ run }: FoundRun): readonly Fact[] {
  return run.settings === null
    ? []
    : settingRows(run.settings).map(({ apiName, value, meaning }) => ({
        what: apiName,
        text: meaning === null ? value : `${value}: ${meaning}`,
      }));
}

/** What people pinned to it. `from` is the moment meant, and `to` when it was written. */
function noteFacts({ run }: FoundRun): readonly Fact[] {
  return (run.notes ?? []).map(({ at, written, author, text, withdrawn }) => ({
    what: `By ${author}${withdrawn === null ? "" : `, withdrawn by ${withdrawn.by}`}`,
    text,
    from: exact(at),
    to: exact(written),
  }));
}

/** What all figures rest on. */
function samplingFacts({ run, spans, unreadable }: FoundRun): readonly Fact[] {
  const { sampling } = run;
  const { polls, failedPolls, gaps, restarts } = sampling;
  const count = (what: string, value: number): Fact => ({ what, text: String(value) });
  const length = (what: string, ms: number): Fact => ({
    what,
    text: measuredWords(ms),
    lengthMs: ms,
  });
  return [
    count("Polls", polls),
    count("Polls that were not answered", failedPolls),
    count("Times in which Upgrade Watch was not watching", gaps),
    count("Of these, starts of Upgrade Watch", restarts),
    length("The longest of these", sampling.longestGapMs),
    length("Measured", sampling.measuredMs),
    length("Inferred", sampling.inferredMs),
    length("Not heard", sampling.unheardMs),
    length("Together", sampling.wallMs),
    { what: "Inferred share", text: `${(sampling.inferredShare * 100).toFixed(2)} %` },
    count("Spans in the record", spans.length),
    { what: "Damaged records among them", text: damageWords(unreadable) },
  ];
}

function damageWords(unreadable: number | null): string {
  return unreadable === null
    ? "Some of this cluster's history is damaged; whether this upgrade's is, is not known."
    : countWords(unreadable, "record");
}
