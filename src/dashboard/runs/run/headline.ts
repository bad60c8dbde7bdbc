/** The head of an upgrade's page. */
import type { RunDetail } from "../../../contract/runs.ts";
import { stateWord } from "../../../upgrade/status.ts";
import { type OutcomeFace, outcomeFace } from "../../shell/runs/outcomeFace.ts";

/** How it ended, as its title says it; while it goes on, which state it was last heard in. */
export function titleOf(run: RunDetail): OutcomeFace {
  const face = outcomeFace(run);
  if (run.outcome.kind === "in-flight") {
    const state = run.states.findLast(({ inferred }) => !inferred)?.state;
    return { ...face, word: state === undefined ? face.word : `In flight: ${stateWord(state)}` };
  }
  return run.outcome.kind === "proven"
    ? { ...face, word: `Upgraded to ${run.proof?.version ?? run.targetVersion ?? "its target"}` }
    : face;
}
