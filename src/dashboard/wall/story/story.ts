/** What one cluster's upgrade was so far, for a wall: a lane of states and the progress below it, on one time axis. */
import type { ClusterStatus } from "../../../contract/api.ts";
import { hourMs, minuteMs, secondMs } from "../../../upgrade/duration.ts";
import { progressSeries } from "../../../upgrade/progress.ts";
import type { Span } from "../../../upgrade/span.ts";
import { type EpochMs, isIdle } from "../../../upgrade/status.ts";
import { type Segment, timeline } from "../../../upgrade/timeline.ts";
import { faceOf } from "../../shell/bandFace.ts";
import { fillClass } from "../../shell/bandFill.ts";
import { clockDuration, hourAndMinute } from "../../ui/format.ts";

/** A band of the lane; places are 0 at the left end of the axis and 1 at its right. */
export type StoryBand = {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly className: string;
  /** What it says, as much as it has room for. */
  readonly label: string;
};

/** The picture of an upgrade. */
export type Story = {
  readonly bands: readonly StoryBand[];
  /** Steps of the progress, in a box 1 wide and 100 high; empty where none was heard. */
  readonly line: string;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly nowAt: number;
  /** From now to the latest that is forecast; null where nothing is. */
  readonly forecastTo: number | null;
  /** The lane in words, for those who don't see it. */
  readonly words: string;
};

/** What is asked of the history: the run in flight, or the last hours. */
export function storyFrom({ run, now }: Pick<ClusterStatus, "run" | "now">): EpochMs {
  if (run?.to === null) {
    return run.from - Math.max(minuteMs, (now - run.from) / 20);
  }
  return now - 6 * hourMs;
}

/**
 * @param spans since about {@link storyFrom}, oldest first
 * @param widthEm how wide the axis is, in the height of its letters
 * @param isLive whether the picture is fresh; otherwise nothing is forecast
 */
export function storyOf(
  spans: readonly Span[],
  answer: ClusterStatus,
  {
    widthEm,
    isLive,
    zone,
  }: { readonly widthEm: number; readonly isLive: boolean; readonly zone: string },
): Story {
  const { now, eta, link } = answer;
  const from = storyFrom(answer);
  const latest = isLive && link === "answering" && eta !== null ? eta.latest : now;
  const to = Math.max(latest, now) + Math.max(secondMs, (Math.max(latest, now) - from) / 40);
  const place = (at: EpochMs): number => Math.min(1, Math.max(0, (at - from) / (to - from)));
  const segments = timeline(spans, Math.max(1, answer.nodes.length)).states.map((segment) =>
    "open" in segment && segment.open ? { ...segment, to: heldUntil(segment, answer) } : segment,
  );
  const shown = segments.filter((segment) => segment.to > from);
  const bands = shown.map((segment): StoryBand => {
    const face = faceOf(segment);
    const start = place(segment.from);
    const end = place(segment.to);
    return {
      key: `${segment.kind} ${segment.from}`,
      start,
      end,
      className: `tone-${face.tone} ${fillClass(face)}`,
      label: labelOf(segment, shown, (end - start) * widthEm),
    };
  });
  return {
    bands,
    line: lineOf(spans, from, place),
    ticks: ticksOf(from, to, widthEm).map((at) => ({
      at: place(at),
      label: hourAndMinute(at, zone),
    })),
    nowAt: place(now),
    forecastTo: latest > now ? place(latest) : null,
    words: shown
      .filter((segment) => segment.kind !== "state" || !isIdle(segment.state))
      .map((segment) => `${faceOf(segment).word} from ${hourAndMinute(segment.from, zone)}`)
      .join(", "),
  };
}

/** What was heard last holds as long as it is heard; a silence lasts until now. */
function heldUntil(segment: Segment, { observedAt, now }: ClusterStatus): EpochMs {
  const end = segment.kind === "state" ? (observedAt ?? segment.to) : now;
  return Math.max(segment.to, end);
}

/** Half the width of a letter, and what stands clear on both sides. */
const letterEm = 0.6;
const clearEm = 1;

/** @param shown all that is drawn: bands that lie over each other share one label */
function labelOf(segment: Segment, shown: readonly Segment[], roomEm: number): string {
  return textsOf(segment, shown).find((text) => text.length * letterEm + clearEm <= roomEm) ?? "";
}

/** What a band may say, from the fullest on. */
function textsOf(segment: Segment, shown: readonly Segment[]): readonly string[] {
  const { kind, from, to } = segment;
  const word = faceOf(segment).label;
  const lasted = clockDuration(to - from);
  const missed = shown.filter((other) => other.kind === "missed");
  switch (kind) {
    case "unobserved":
      return missed.some((other) => other.from < to && other.to > from) ? [] : [word];
    case "missed": {
      // What was missed between the same two answers lies in one place, and no one knows what of it took how long.
      const together = missed.filter((other) => other.from === from && other.to === to);
      const [first] = together;
      const last = together.at(-1);
      if (first !== segment || last === undefined) {
        return [];
      }
      const words = first === last ? word : `${word} to ${faceOf(last).label}`;
      return [`${words} ≤ ${lasted}`, words];
    }
    case "state":
    case "away":
    case "outage": {
      const isExact = kind !== "state" || segment.startExact;
      // How long what goes on has lasted ticks elsewhere; here it would lag behind that.
      return segment.open ? [word] : [`${word} ${isExact ? "" : "≥ "}${lasted}`, word];
    }
  }
}

function lineOf(spans: readonly Span[], from: EpochMs, place: (at: EpochMs) => number): string {
  let path = "";
  let isDown = false;
  for (const { at, progress } of progressSeries(spans)) {
    if (progress === null || at < from) {
      isDown = false;
    } else {
      const x = place(at).toFixed(5);
      const y = (100 - progress).toFixed(2);
      path += isDown ? `H${x}V${y}` : `M${x} ${y}`;
      isDown = true;
    }
  }
  return path;
}

const tickStepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map(
  (minutes) => minutes * minuteMs,
);
/** So wide is `13:45` with what stands clear around it. */
const tickEm = 6;

function ticksOf(from: EpochMs, to: EpochMs, widthEm: number): readonly EpochMs[] {
  const most = Math.max(2, Math.floor(widthEm / tickEm));
  const stepMs = tickStepsMs.find((step) => (to - from) / step <= most) ?? 1440 * minuteMs;
  const ticks: EpochMs[] = [];
  const edgeMs = ((to - from) / widthEm) * (tickEm / 2);
  for (let at = Math.ceil((from + edgeMs) / stepMs) * stepMs; at <= to - edgeMs; at += stepMs) {
    ticks.push(at);
  }
  return ticks;
}
