import { memo, type ReactNode } from "react";
import type { Verdict } from "../../upgrade/verdictNames.ts";
import type { ClusterFacts } from "../api/fleet/answer.ts";
import { Icon } from "../ui/Icon.tsx";
import { countVerdicts } from "../shell/order.ts";

type CountsProperties = {
  readonly clusters: readonly ClusterFacts[];
  /** The verdicts to which the list is narrowed; empty for all. */
  readonly chosen: readonly Verdict[];
  readonly onToggle: (verdict: Verdict) => void;
};

/** How many clusters are in which situation, the most urgent first; each count narrows the list to its clusters. */
export const Counts = memo(function Counts({
  clusters,
  chosen,
  onToggle,
}: CountsProperties): ReactNode {
  return (
    <ul
      aria-label="Clusters by situation"
      className="flex flex-wrap gap-2.5 max-sm:grid max-sm:grid-cols-3"
    >
      {countVerdicts(clusters, chosen).map(({ verdict, face, count, word }) => (
        <li key={verdict} className={`tone-${face.tone} flex min-w-24 max-sm:min-w-0`}>
          <button
            type="button"
            aria-pressed={chosen.includes(verdict)}
            onClick={() => onToggle(verdict)}
            className="flex flex-1 flex-col rounded-xl border border-line bg-panel px-4 py-2.5 text-left hover:bg-raised aria-pressed:border-tone aria-pressed:bg-raised aria-pressed:shadow-[inset_0_-3px_0_var(--tone)] max-sm:px-3"
          >
            <span className="flex items-center gap-2.5 text-2xl font-semibold text-tone">
              <Icon shape={face.shape} className="size-5" />
              {count}
            </span>
            <span className="text-sm whitespace-nowrap text-muted">{word}</span>
          </button>
        </li>
      ))}
    </ul>
  );
});
