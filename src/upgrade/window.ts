/** Whether an upgrade will be over before its change window is. */
import { durationWords, minuteMs } from "./duration.ts";
import type { Duration, Forecast } from "./forecast/forecast.ts";
import { type EpochMs, isIdle } from "./status.ts";
import type { WindowFit } from "./verdictNames.ts";

/** A window's outlook. */
export type WindowOutlook = {
  readonly end: EpochMs;
  readonly fit: WindowFit;
  /** One sentence, without a clock time, for every reader has a zone. */
  readonly words: string;
  /** While a person has yet to commit: the last moment at which a commit still fits; null where that is not known. */
  readonly commitBy: EpochMs | null;
};

/** What is known of the upgrade; forecasts as of now. */
export type WindowQuestion = {
  readonly state: string | null;
  /** The end of the present state. */
  readonly eta: Pick<Forecast, "earliest" | "likely" | "latest"> | null;
  readonly etaWhole: Pick<Forecast, "earliest" | "likely" | "latest"> | null;
  readonly afterCommit: Pick<Duration, "earliestMs" | "likelyMs" | "latestMs"> | null;
};

/** The outlook of an upgrade in flight; null where none is, or it has no window. */
export function windowOutlook(
  end: EpochMs | null,
  question: WindowQuestion,
  now: EpochMs,
): WindowOutlook | null {
  const { state, afterCommit } = question;
  if (end === null || state === null || isIdle(state)) {
    return null;
  }
  if (now > end) {
    const words = "The change window is over, and the upgrade is not.";
    return { end, fit: "over", words, commitBy: null };
  }
  const commitBy = afterCommit === null ? null : Math.floor(end - afterCommit.latestMs);
  const ends = endsOf(question, now);
  if (ends === null) {
    return { end, fit: "unknown", words: "No forecast yet, so nobody can say.", commitBy };
  }
  const { earliest, likely, latest, condition } = ends;
  if (latest <= end) {
    const words = `Fits${condition}: over ${spareWords(end - latest)} before the window ends, at the latest.`;
    return { end, fit: "fits", words, commitBy };
  }
  if (earliest <= end) {
    const words = `At risk${condition}: it may end up to ${overWords(latest - end)} after the window.`;
    return { end, fit: "at-risk", words, commitBy };
  }
  const words = `Will overrun by about ${overWords(likely - end)}${condition}, by ${overWords(earliest - end)} at least.`;
  return { end, fit: "overruns", words, commitBy };
}

type Ends = {
  readonly earliest: EpochMs;
  readonly likely: EpochMs;
  readonly latest: EpochMs;
  readonly condition: string;
};

/** When it ends; where a person has yet to commit, if that one does so as soon as possible. */
function endsOf({ state, eta, etaWhole, afterCommit }: WindowQuestion, now: EpochMs): Ends | null {
  if (etaWhole !== null) {
    return { ...etaWhole, condition: "" };
  }
  const isPrepared = state === "UPGRADE_STATE_PREPARED";
  const ready = isPrepared ? { earliest: now, likely: now, latest: now } : eta;
  if (afterCommit === null || ready === null) {
    return null;
  }
  return {
    earliest: ready.earliest + afterCommit.earliestMs,
    likely: ready.likely + afterCommit.likelyMs,
    latest: ready.latest + afterCommit.latestMs,
    condition: isPrepared ? " if committed now" : " if committed at once",
  };
}

function spareWords(ms: number): string {
  return ms < minuteMs ? "less than a minute" : durationWords(ms);
}

/** Rounded up: an overrun is never told shorter than it is. */
function overWords(ms: number): string {
  return durationWords(Math.ceil(ms / minuteMs) * minuteMs);
}
