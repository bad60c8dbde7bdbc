import { isState, type Shape, states } from "./status.ts";
import type { Attention, Verdict } from "./verdictNames.ts";

/** The name of the colour token that a state or a verdict wears. */
export type Tone =
  | (typeof states)[keyof typeof states]["token"]
  | "act"
  | "person"
  | "look"
  | "done"
  | "unseen";

/** How a verdict looks: a word and a shape that no other verdict has, and a colour on top. */
export type Face = {
  /** One or two words, for counts and where the headline has no room. */
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
};

/** Every verdict's face, once. A new verdict breaks the build here. */
export const verdictFaces = {
  failed: { word: "Failed", shape: "warning", tone: "act" },
  outage: { word: "No answer", shape: "cross", tone: "act" },
  denied: { word: "Access denied", shape: "lock", tone: "act" },
  unproven: { word: "Not proven", shape: "question", tone: "act" },
  stalled: { word: "Stalled", shape: "hourglass", tone: "look" },
  late: { word: "Late", shape: "clock", tone: "look" },
  anomaly: { word: "Unexpected", shape: "diamond", tone: "look" },
  waiting: { word: "Waits for you", shape: "two-bars", tone: "person" },
  slow: { word: "Slow", shape: "gauge", tone: "look" },
  away: { word: "Away", shape: "broken-ring", tone: "look" },
  running: { word: "Running", shape: "filling-ring", tone: "preparing" },
  done: { word: "Upgraded", shape: "tick", tone: "done" },
  idle: { word: "Idle", shape: "ring", tone: "idle" },
  unseen: { word: "Not heard yet", shape: "dots", tone: "unseen" },
} as const satisfies Record<Verdict, Face>;

/**
 * The face of one cluster: its verdict's, but an upgrade under way wears the shape and colour of its state, an expected
 * absence the colour of its state, and a doubt that needs no one at once the colour of a look.
 */
export function faceOf(about: {
  readonly verdict: Verdict;
  readonly attention: Attention;
  readonly state: string | null;
}): Face {
  const face: Face = verdictFaces[about.verdict];
  const known = about.state !== null && isState(about.state) ? states[about.state] : null;
  if (about.verdict === "running" && known !== null) {
    return { word: face.word, shape: known.shape, tone: known.token };
  }
  if (about.verdict === "away" && about.attention === "none" && known !== null) {
    return { ...face, tone: known.token };
  }
  return about.verdict === "unproven" && about.attention === "look"
    ? { ...face, tone: "look" }
    : face;
}
