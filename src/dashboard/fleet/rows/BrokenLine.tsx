import type { ReactNode, Ref } from "react";
import type { ClusterFacts } from "../../api/fleet/answer.ts";
import { brokenWords } from "../../ui/Guarded.tsx";
import { edgeClass } from "./grid.ts";

type BrokenLineProperties = {
  readonly ref: Ref<HTMLTableRowElement>;
  readonly index: number;
  readonly summary: ClusterFacts;
  readonly message: string;
};

/** In place of a row that can't be drawn: the server's own words of the cluster, and what broke. */
export function BrokenLine({ ref, index, summary, message }: BrokenLineProperties): ReactNode {
  return (
    <tr
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      className={`block px-4 py-2.5 ${edgeClass(index)}`}
    >
      <th scope="row" className="block font-semibold">
        {summary.name}: {summary.headline}
      </th>
      <td className="block text-xs text-look">
        {brokenWords("This row")} <span className="font-mono text-muted">{message}</span>
      </td>
    </tr>
  );
}
