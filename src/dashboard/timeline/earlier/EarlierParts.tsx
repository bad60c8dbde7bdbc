import type { ReactNode } from "react";
import type { CurveQuestion } from "../../api/runs/curves.ts";
import { useStoredChoice } from "../../ui/storedChoice.ts";
import type { Axis } from "../axis/axis.ts";
import { earlierChoice } from "./earlierChoice.ts";
import { EarlierLines } from "./EarlierLines.tsx";
import { EarlierTable } from "./EarlierTable.tsx";

type EarlierPartsProperties = {
  readonly of: CurveQuestion;
  /** The axis, for the part that lies behind the chart; without it this is the part below. */
  readonly axis?: Axis;
  readonly zone: string;
};

/** Earlier upgrades behind the chart, and below it the button that asks for them. */
export default function EarlierParts({ of, axis, zone }: EarlierPartsProperties): ReactNode {
  const isShown = useStoredChoice(earlierChoice) === "show";
  if (axis !== undefined) {
    return isShown ? <EarlierLines of={of} axis={axis} /> : null;
  }
  return (
    <div className="mt-1 grid gap-2">
      <button
        type="button"
        aria-expanded={isShown}
        onClick={() => earlierChoice.set(isShown ? "hide" : "show")}
        className="justify-self-start rounded px-1 py-1 text-xs text-muted underline decoration-dotted underline-offset-4 hover:text-text max-sm:min-h-11 print:hidden"
      >
        {isShown ? "Hide earlier upgrades in the chart" : "Show earlier upgrades in the chart"}
      </button>
      {isShown ? <EarlierTable of={of} zone={zone} /> : null}
    </div>
  );
}
