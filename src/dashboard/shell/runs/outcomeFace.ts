import type { RunSummary } from "../../../contract/runs.ts";
import { outcomeWord } from "../../../upgrade/words/particulars.ts";
import { isState, states } from "../../../upgrade/status.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import type { IconShape } from "../../ui/Icon.tsx";

/** How the end of an upgrade looks: a word and a shape of its own, and a colour on top. */
export type OutcomeFace = { readonly word: string; readonly shape: IconShape; readonly tone: Tone };

type Told = Pick<RunSummary, "outcome" | "prepare" | "states">;

/** The face of an outcome; what goes on wears that of its state. */
export function outcomeFace({ outcome, prepare, states: passed }: Told): OutcomeFace {
  const word = outcomeWord({ outcome, prepare });
  switch (outcome.kind) {
    case "in-flight": {
      const state = passed.findLast(({ inferred }) => !inferred)?.state ?? "";
      const known = isState(state) ? states[state] : null;
      return {
        word,
        shape: known?.shape ?? "question",
        tone: known?.token ?? "unseen",
      };
    }
    case "proven":
      return { word, shape: "tick", tone: "done" };
    case "unproven":
      return {
        word,
        shape: "question",
        tone: outcome.reason === "other-version" ? "act" : "look",
      };
    case "not-committed":
      return { word, shape: "ring", tone: "idle" };
    case "superseded":
      return prepare === "abandoned"
        ? { word, shape: "arrow-right", tone: "idle" }
        : { word, shape: "dots", tone: "unseen" };
  }
}
