import type { ReactNode } from "react";
import type { Clusters } from "../../contract/api.ts";
import type { Received } from "../api/fetchJson.ts";
import { FleetLine } from "./FleetLine.tsx";
import { byAttention } from "../shell/order.ts";
import { rowGrid } from "./rowGrid.ts";

type FleetTableProperties = { readonly received: Received<Clusters>; readonly zone: string };

/** Every cluster in a row of its own. */
export function FleetTable({ received, zone }: FleetTableProperties): ReactNode {
  const { clusters } = received.answer;
  return (
    <section className="overflow-hidden rounded-xl border border-line bg-panel">
      <table className="block w-full text-left text-sm" aria-label="Clusters">
        <thead className="block max-lg:sr-only">
          <tr className={`${rowGrid} border-b border-line py-2.5 text-xs font-medium text-muted`}>
            {["Cluster", "Now", "For", "Version", "Expected", "Heard"].map((column) => (
              <th key={column} scope="col" className="font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block divide-y divide-line">
          {byAttention(clusters).map((summary) => (
            <FleetLine key={summary.id} summary={summary} received={received} zone={zone} />
          ))}
        </tbody>
      </table>
      <p className="border-t border-line px-4 py-2 text-xs text-muted">
        {clusters.length === 1 ? "1 cluster" : `${clusters.length} clusters`} · sorted by attention
      </p>
    </section>
  );
}
