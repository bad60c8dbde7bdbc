import type { ReactNode } from "react";
import type { EndedRuns } from "../../api/runs/queries.ts";
import { controlClass } from "../../shell/Controls.tsx";
import { countWords } from "../../../upgrade/words/run.ts";

type RunsFooterProperties = {
  readonly answer: EndedRuns | undefined;
  /** How many upgrades are shown. */
  readonly count: number;
  readonly error: Error | null;
  readonly isAsking: boolean;
  readonly onMore: () => void;
};

/** How much of all there is is shown, and what is not known yet. */
export function RunsFooter(properties: RunsFooterProperties): ReactNode {
  const { answer, count, error, isAsking, onMore } = properties;
  const left = answer?.left ?? 0;
  const facts = [
    answer === undefined && error === null ? "Asking the server …" : "",
    answer === undefined || count === 0 ? "" : `${countWords(count, "upgrade")} shown`,
    left === 0 ? "" : `${left} older`,
    answer?.complete === false
      ? "The history is still being read, or can't be read now: older upgrades may be missing"
      : "",
    error === null ? "" : `The list can't be refreshed: ${error.message} It is tried again.`,
  ].filter((fact) => fact !== "");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-muted">
      {left === 0 ? null : (
        <button
          type="button"
          className={`${controlClass} min-h-9 bg-panel`}
          disabled={isAsking}
          onClick={onMore}
        >
          {isAsking ? "Asking …" : "Show older"}
        </button>
      )}
      <p role="status">{facts.join(" · ")}</p>
    </div>
  );
}
