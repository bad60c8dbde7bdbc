import type { ReactNode } from "react";
import type { Summary } from "../../contract/api.ts";
import { Icon } from "../ui/Icon.tsx";
import { countVerdicts } from "../shell/order.ts";

/** How many clusters are in which situation, the most urgent first. */
export function Counts({ clusters }: { readonly clusters: readonly Summary[] }): ReactNode {
  return (
    <ul
      aria-label="Clusters by situation"
      className="flex flex-wrap gap-2.5 max-sm:grid max-sm:grid-cols-3"
    >
      {countVerdicts(clusters).map(({ verdict, face, count }) => (
        <li
          key={verdict}
          className={`tone-${face.tone} flex min-w-24 flex-col rounded-xl border border-line bg-panel px-4 py-2.5 max-sm:min-w-0 max-sm:flex-1 max-sm:px-3`}
        >
          <span className="flex items-center gap-2.5 text-2xl font-semibold text-tone">
            <Icon shape={face.shape} className="size-5" />
            {count}
          </span>
          <span className="text-sm whitespace-nowrap text-muted">{face.word}</span>
        </li>
      ))}
    </ul>
  );
}
