/** The states of an upgrade as a lane of its own length, and the same in words. */
import type { RunState, RunSummary } from "../../../contract/runs.ts";
import { measuredWords } from "../../../upgrade/duration.ts";
import { stateWord } from "../../../upgrade/status.ts";
import { faceOf } from "../bandFace.ts";
import { fillClass } from "../bandFill.ts";

/** A piece of the lane; places are 0 at the upgrade's beginning and 1 at its end. */
export type RunLanePiece = {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly className: string;
};

/** The lane of one upgrade. */
export type RunLane = { readonly pieces: readonly RunLanePiece[]; readonly words: string };

type Told = Pick<RunSummary, "from" | "to" | "lastHeard" | "states">;

/** Draws the states that an upgrade passed; where none of them was heard, nothing was. */
export function runLane({ from, to, lastHeard, states }: Told): RunLane {
  const end = Math.max(to ?? lastHeard, from + 1);
  const place = (at: number): number => Math.min(1, Math.max(0, (at - from) / (end - from)));
  const pieces: RunLanePiece[] = [];
  let heardUntil = from;
  states.forEach((state, index) => {
    if (!state.inferred && state.from > heardUntil) {
      pieces.push(hole(place(heardUntil), place(state.from)));
    }
    if (!state.inferred) {
      heardUntil = Math.max(heardUntil, state.to);
    }
    pieces.push({
      key: `${index}-${state.state}`,
      ...within(state, states, place),
      className: classOf(state),
    });
  });
  if (heardUntil < end) {
    pieces.push(hole(place(heardUntil), 1));
  }
  // What was missed lies over the time in which nothing was heard.
  const isHole = ({ key }: RunLanePiece): boolean => key.startsWith("hole");
  return {
    pieces: [...pieces.filter(isHole), ...pieces.filter((piece) => !isHole(piece))],
    words: states.map(stateWords).join(", "),
  };
}

function hole(start: number, end: number): RunLanePiece {
  const face = faceOf({ kind: "unobserved" });
  return { key: `hole-${start}`, start, end, className: `tone-${face.tone} ${fillClass(face)}` };
}

function classOf({ state, inferred }: RunState): string {
  const face = faceOf({ kind: inferred ? "missed" : "state", state });
  return `tone-${face.tone} ${fillClass(face)}`;
}

/** States that were missed between the same two answers share the time between them. */
function within(
  state: RunState,
  all: readonly RunState[],
  place: (at: number) => number,
): Pick<RunLanePiece, "start" | "end"> {
  const start = place(state.from);
  const end = place(state.to);
  if (!state.inferred) {
    return { start, end };
  }
  const same = all.filter(
    ({ inferred, from, to }) => inferred && from === state.from && to === state.to,
  );
  const width = (end - start) / same.length;
  const nth = same.indexOf(state);
  return { start: start + nth * width, end: start + (nth + 1) * width };
}

function stateWords({ state, inferred, measuredMs, inferredMs }: RunState): string {
  return inferred
    ? `${stateWord(state)} not seen`
    : `${stateWord(state)} ${measuredWords(measuredMs + inferredMs)}`;
}
