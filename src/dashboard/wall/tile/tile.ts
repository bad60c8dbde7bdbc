import { shortText } from "../../../contract/clusterText.ts";
import { isIdle, stateWord } from "../../../upgrade/status.ts";
import { type Face, faceOf } from "../../../upgrade/verdictFace.ts";
import type { ClusterFacts } from "../../api/fleet/answer.ts";
import { hasFingerprint } from "../../shell/fingerprints.ts";
import { sinceOf } from "../../shell/since.ts";
import { type Versions, versionsOf } from "../../shell/versions.ts";

/** What a tile draws below its words; only where the cluster gives a figure. */
export type TileFigure =
  | { readonly kind: "percent"; readonly fraction: number }
  | { readonly kind: "nodes"; readonly back: number; readonly total: number }
  | null;

/** What a tile says, but for what ticks. */
export type Tile = {
  readonly face: Face;
  /** The large word. */
  readonly headline: string;
  /** What its headline says besides; the first of what is smaller. */
  readonly remark: string;
  /** The detail, cut into sentences: what has no room is left out whole, never clipped. */
  readonly sentences: readonly string[];
  readonly since: number | null;
  /** What has lasted since then: `for`, before it what it is where the headline tells another thing, and `≥` behind it. */
  readonly lasting: string;
  readonly version: Versions;
  readonly figure: TileFigure;
  /** Whether the tile is coloured as a whole, because it asks for something. */
  readonly isTinted: boolean;
  /** Whether it lies crossed out: there is no answer where one is due. */
  readonly isHatched: boolean;
  /** Whether nothing is in flight: its words are dimmed, so that a still picture does not burn in. */
  readonly isCalm: boolean;
};

/** The most nodes that are drawn one by one. */
const mostNodes = 24;

/** A cluster as a wall tells it. */
export function tileOf(summary: ClusterFacts): Tile {
  const { link, verdict } = summary;
  const since = sinceOf(summary);
  return {
    face: faceOf(summary),
    ...headlineOf(summary.headline),
    sentences: [
      ...(isOut(link) ? outageSentences(summary) : sentencesOf(summary.detail)).filter(
        (text) => link !== "away" || !text.startsWith("Away for"),
      ),
      ...errorLine(summary.errorInfo),
      ...windowLine(summary.window),
    ],
    since: since.at,
    lasting: `${lastingWords(summary)}${since.isExact ? "" : " ≥"}`,
    version: versionsOf(summary),
    figure: figureOf(summary),
    isTinted: summary.attention !== "none",
    isHatched: verdict === "outage",
    isCalm: verdict === "idle",
  };
}

/** The change window only where someone should know: that it fits is no news. */
function windowLine(window: ClusterFacts["window"]): readonly string[] {
  return window === null || window.fit === "fits" || window.fit === "unknown" ? [] : [window.words];
}

function lastingWords({ link, verdict, attention, state }: ClusterFacts): string {
  if (link !== "away") {
    return verdict === "failed" ? failedLasting(link, state) : "for";
  }
  return verdict === "away" && attention === "none" ? "Away as expected for" : "Away for";
}

/** When a failure began is not known: only what it failed in has a begin. */
function failedLasting(link: ClusterFacts["link"], state: string | null): string {
  if (link !== "answering" || state === null) {
    return "No answer for";
  }
  return isIdle(state) ? "idle for" : `in ${stateWord(state)} for`;
}

/** In graphemes. */
const longestErrorLine = 160;

/** The begin of the cluster's own error text, in one line; all of it is on the cluster's page. */
export function errorLine(errorInfo: string | null): readonly string[] {
  const line = shortText((errorInfo ?? "").trim().replace(/\s+/g, " "), longestErrorLine);
  return line === "" ? [] : [line];
}

/** Why there is no answer, and what was heard before: first what tells more, and that there was nothing only once. */
function outageSentences({ state, progress, detail }: ClusterFacts): readonly string[] {
  const sentences = sentencesOf(detail);
  if (state === null) {
    const isSaid = detail.includes("Nothing was heard before");
    return isSaid ? sentences : [...sentences, "Never heard since the start"];
  }
  const last = lastWords(state, progress);
  return /certificate/i.test(detail) ? [...sentences, last] : [last, ...sentences];
}

/** What was last heard, said as past. */
function lastWords(state: string, progress: number | null): string {
  const percent = progress === null ? "" : ` ${Math.floor(progress)} %`;
  return `Last: ${stateWord(state)}${percent}`;
}

function isOut(link: ClusterFacts["link"]): boolean {
  return link === "outage" || link === "denied";
}

/** What a figure is drawn from. */
type Counted = Pick<ClusterFacts, "link" | "state" | "progress"> & {
  readonly reboot: Pick<NonNullable<ClusterFacts["reboot"]>, "rebooted" | "total"> | null;
};

/** The figure that a tile draws; none where the cluster does not answer. */
export function figureOf({ link, state, progress, reboot }: Counted): TileFigure {
  if (isOut(link)) {
    return null;
  }
  if (state === "UPGRADE_STATE_PREPARING" && progress !== null) {
    return { kind: "percent", fraction: Math.floor(progress) / 100 };
  }
  const isRebooting = state === "UPGRADE_STATE_REBOOTING" && reboot !== null;
  return isRebooting && reboot.total > 1 && reboot.total <= mostNodes
    ? { kind: "nodes", back: reboot.rebooted, total: reboot.total }
    : null;
}

/** In graphemes; more is not read from across a room. */
const longestHeadline = 28;

/**
 * The large word of a headline and what follows it, which is told smaller: `Idle, upgrade blocked`; an unknown state's
 * name is in its detail.
 */
export function headlineOf(headline: string): Pick<Tile, "headline" | "remark"> {
  const [word = "", remark = ""] = (headline.split(": ", 1)[0] ?? "").split(/, (.+)/);
  return { headline: shortText(word, longestHeadline), remark: sentenceCase(remark) };
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A headline that may break into lines, but never between a figure and what it counts. */
export function unbroken(headline: string): string {
  return headline.replace(/(?<=\d) (?=%|of \d)|(?<=\d of) (?=\d)/g, "\u00a0");
}

/** A sentence longer than two lines of a small tile is cut at its semicolons. */
const longestSentence = 60;

/** A text's sentences and, of long ones, the clauses: each stands for itself. Fingerprints are left out. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?])\s+/)
    .flatMap((sentence) => (hasFingerprint(sentence) ? sentence.split(": ", 1) : [sentence]))
    .filter((sentence) => !hasFingerprint(sentence))
    .flatMap((sentence) =>
      sentence.length > longestSentence ? sentence.split(/;\s+/) : [sentence],
    )
    .map((sentence) => sentence.trim().replace(/(?<=[\w)])\.$/, ""))
    .map(sentenceCase)
    .filter((sentence) => sentence !== "");
}
