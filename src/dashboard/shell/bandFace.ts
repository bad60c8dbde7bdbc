/** How a band looks and what it is called. */
import { linkWords } from "../../upgrade/words/link.ts";
import { isState, type Shape, states, stateWord } from "../../upgrade/status.ts";
import type { LinkSegment, Segment } from "../../upgrade/timeline.ts";
import type { Tone } from "../../upgrade/verdictFace.ts";

/** How a band is filled. */
export type Fill = "solid" | "dashed" | "away" | "outage" | "unobserved";

/** The look of a band. */
export type BandFace = {
  /** What it is, in full. */
  readonly word: string;
  /** The word on the band itself, where that is shorter; empty for a band that only its flag or table names. */
  readonly label: string;
  readonly shape: Shape | null;
  readonly fill: Fill;
  readonly tone: Tone | "link";
};

/** The look of a piece of the link lane. */
export const linkFaces = {
  answering: { word: "Answering", label: "", shape: null, fill: "solid", tone: "link" },
  away: { word: linkWords.away, label: "", shape: null, fill: "away", tone: "link" },
  outage: { word: linkWords.outage, label: "", shape: null, fill: "outage", tone: "act" },
  unobserved: {
    word: linkWords.unobserved,
    label: "",
    shape: null,
    fill: "unobserved",
    tone: "idle",
  },
} as const satisfies Record<LinkSegment["kind"], BandFace>;

/** The look of a piece of the state lane; an unknown state has a face of its own, never that of a healthy one. */
export function faceOf(segment: {
  readonly kind: Segment["kind"];
  /** Heard, inferred, or heard last before a silence; null or absent where nothing was. */
  readonly state?: string | null;
}): BandFace {
  const { kind, state = null } = segment;
  switch (kind) {
    case "state":
      return { ...stateFace(state ?? ""), fill: "solid" };
    case "missed":
      return { ...stateFace(state ?? ""), fill: "dashed" };
    case "away": {
      const word = `Away as expected${state === null ? "" : ` after ${stateWord(state)}`}`;
      const { shape, tone } = stateFace(state ?? "");
      return { word, label: "Away", shape, tone, fill: "away" };
    }
    case "outage":
      return { word: "No answer", label: "No answer", shape: "cross", tone: "act", fill: "outage" };
    case "unobserved":
      return { ...linkFaces.unobserved, label: "Not observed" };
  }
}

function stateFace(state: string): Omit<BandFace, "fill"> {
  if (!isState(state)) {
    const word = stateWord(state);
    return { word, label: word, shape: "question", tone: "unseen" };
  }
  const { word, shape, token } = states[state];
  return { word, label: word, shape, tone: token };
}
