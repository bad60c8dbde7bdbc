/** The states of one upgrade as a table: how long each lasted, and how well that is known. */
import type { RunState } from "../../../contract/runs.ts";
import { certaintyWords } from "../../../upgrade/words/particulars.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { faceOf } from "../../shell/bandFace.ts";
import { atMost, shortDuration } from "../../timeline/words/shortDuration.ts";
import type { IconShape } from "../../ui/Icon.tsx";

/** A moment of the table. */
export type Bound = { readonly at: EpochMs; readonly bound: "by" | "after" | null };

/** One stay in a state. */
export type StateRow = {
  readonly key: string;
  readonly word: string;
  readonly shape: IconShape;
  readonly tone: Tone | "link";
  readonly from: Bound;
  /** Null while it goes on. */
  readonly to: Bound | null;
  readonly duration: string;
  /** How well the duration is known. */
  readonly certainty: string;
  /** How much of it was heard, and how much lies between two answers that said the same. */
  readonly measured: string;
  readonly inferred: string;
};

const none = "—";

/** One row for each stay, in their order. */
export function stateRows(states: readonly RunState[]): readonly StateRow[] {
  return states.map((state, index) => {
    const face = faceOf({ kind: state.inferred ? "missed" : "state", state: state.state });
    const { measuredMs, inferredMs } = state;
    return {
      key: `${index}-${state.state}`,
      word: face.word,
      shape: face.shape ?? "question",
      tone: face.tone,
      ...momentsOf(state),
      duration: state.inferred
        ? atMost(state.mostMs ?? state.to - state.from)
        : shortDuration(measuredMs + inferredMs),
      certainty: certaintyWords(state, shortDuration),
      measured: state.inferred ? none : shortDuration(measuredMs),
      inferred: state.inferred || inferredMs === 0 ? none : shortDuration(inferredMs),
    };
  });
}

function momentsOf({
  inferred,
  from,
  to,
  open,
  fromExact,
  toExact,
}: RunState): Pick<StateRow, "from" | "to"> {
  if (inferred) {
    return { from: { at: from, bound: "after" }, to: { at: to, bound: "by" } };
  }
  return {
    from: { at: from, bound: fromExact ? null : "by" },
    to: open ? null : { at: to, bound: toExact ? null : "after" },
  };
}
