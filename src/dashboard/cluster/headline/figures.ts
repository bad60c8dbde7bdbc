/** The large figures beside the title; each second only their text is written anew. */
import type { ClusterStatus } from "../../../contract/api.ts";
import { durationWords } from "../../../upgrade/duration.ts";
import { type EpochMs, isIdle, isState, states } from "../../../upgrade/status.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { pastPercent } from "../../shell/past.ts";
import {
  clockDuration,
  hourAndMinute,
  minuteMoment,
  moment,
  roughDuration,
  roughWords,
} from "../../ui/format.ts";

/** A figure: `value` and `label` tell it as of a moment. */
export type Figure = {
  readonly key: string;
  readonly value: (now: EpochMs) => string;
  readonly label: (now: EpochMs) => string;
  /** More of it for those who ask, e.g. what a forecast rests on. */
  readonly hint: string | null;
  readonly tone: Tone | "plain";
};

/**
 * The figures that are worth being large.
 *
 * @param live whether the picture is fresh; a figure that is not says so itself
 */
export function figuresOf(status: ClusterStatus, live: boolean, zone: string): readonly Figure[] {
  const figures = live ? [progress(status), timeLeft(status, zone)] : [was(status)];
  return [
    ...figures,
    windowLeft(status, zone),
    live ? timeInState(status, zone) : age(status, zone),
  ].filter((figure) => figure !== null);
}

function progress({ state, progress, verdict }: ClusterStatus): Figure | null {
  if (state !== "UPGRADE_STATE_PREPARING") {
    return null;
  }
  const value = progress === null ? "—" : `${Math.floor(progress)} %`;
  return fixed("progress", value, "of preparation", verdict === "failed" ? "act" : "preparing");
}

function was({ state, progress }: ClusterStatus): Figure | null {
  return state === "UPGRADE_STATE_PREPARING" && progress !== null
    ? fixed("progress", pastPercent(progress), "of preparation, when last heard", "plain")
    : null;
}

/** Until the end of the preparation; later until the end of the whole. */
function timeLeft({ eta, etaWhole, state, status }: ClusterStatus, zone: string): Figure | null {
  const isPreparing = state === "UPGRADE_STATE_PREPARING";
  const shown = isPreparing ? eta : etaWhole;
  if (shown === null) {
    return null;
  }
  const { earliest, likely, latest, basis } = shown;
  const byItself = status?.settings?.auto_commit === true;
  const end = isPreparing ? (byItself ? "to the commit" : "to prepared") : "to the end";
  return {
    key: "left",
    value: (now) => (likely - now > 0 ? roughDuration(likely - now) : "any moment"),
    label: (now) => {
      const range = rangeWords(earliest - now, latest - now);
      if (range === null) {
        return `${end} · by ${minuteMoment(latest, now, zone)} at the latest`;
      }
      // Where the whole range rounds to the figure itself, it adds nothing.
      return range === roughWords(likely - now) ? end : `${end} · likely ${range}`;
    },
    hint: `Likely at ${hourAndMinute(likely, zone)}, by ${basis}`,
    tone: "plain",
  };
}

/** `12–19 min`; null once the range has no lower end any more. */
function rangeWords(fromMs: number, toMs: number): string | null {
  if (fromMs <= 0) {
    return null;
  }
  const from = roughWords(fromMs);
  const to = roughWords(toMs);
  const [, amount = "", unit = ""] = /^(\d+) (\S+)$/.exec(from) ?? [];
  if (from === to) {
    return from;
  }
  return unit !== "" && to.endsWith(` ${unit}`) && !to.includes(" h ")
    ? `${amount}–${to}`
    : `${from} – ${to}`;
}

function windowLeft({ windowEnd, state }: ClusterStatus, zone: string): Figure | null {
  if (windowEnd === null || state === null || isIdle(state)) {
    return null;
  }
  return {
    key: "window",
    value: (now) => durationWords(Math.abs(windowEnd - now)),
    label: (now) =>
      now < windowEnd
        ? `left in the change window · until ${minuteMoment(windowEnd, now, zone)}`
        : `past the change window · it ended ${minuteMoment(windowEnd, now, zone)}`,
    hint: null,
    tone: "plain",
  };
}

function timeInState(
  { stateSince, stateSinceExact, state }: ClusterStatus,
  zone: string,
): Figure | null {
  if (stateSince === null || state === null) {
    return null;
  }
  const sign = stateSinceExact ? "" : "≥ ";
  const where = isState(state) && states[state].order === 0 ? "idle" : "in this state";
  return {
    key: "elapsed",
    value: (now) => `${sign}${clockDuration(now - stateSince)}`,
    label: (now) =>
      `${where} · since ${moment(stateSince, now, zone)}${stateSinceExact ? "" : " or earlier"}`,
    hint: stateSinceExact
      ? null
      : "The change itself was not seen; this is when it was first heard.",
    tone: "plain",
  };
}

function age({ observedAt }: ClusterStatus, zone: string): Figure | null {
  if (observedAt === null) {
    return null;
  }
  return {
    key: "age",
    value: (now) => clockDuration(now - observedAt),
    label: (now) => `since the last answer · ${moment(observedAt, now, zone)}`,
    hint: null,
    tone: "plain",
  };
}

function fixed(key: string, value: string, label: string, tone: Figure["tone"]): Figure {
  return { key, value: () => value, label: () => label, hint: null, tone };
}
