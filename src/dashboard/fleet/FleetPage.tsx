import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Redirect, useSearch } from "wouter";
import { clustersQuery } from "../api/queries.ts";
import { Page } from "../shell/Page.tsx";
import { commonZone, useZone } from "../shell/zone.ts";
import { Counts } from "./Counts.tsx";
import { FleetTable } from "./FleetTable.tsx";

/** All clusters; with exactly one there is nothing to choose, so it is shown at once. */
export default function FleetPage(): ReactNode {
  const { data: received, error } = useQuery(clustersQuery);
  const search = useSearch();
  const siteZone = commonZone(received?.answer.clusters ?? []);
  const zone = useZone(siteZone);
  const [first, second] = received?.answer.clusters ?? [];
  if (first !== undefined && second === undefined) {
    const query = search === "" ? "" : `?${search}`;
    return <Redirect to={`/clusters/${encodeURIComponent(first.id)}${query}`} replace />;
  }
  return (
    <Page
      title="Fleet"
      trail={[{ label: "Fleet" }]}
      received={received}
      error={error}
      siteZone={siteZone}
    >
      <h1 className="sr-only">Fleet</h1>
      {received === undefined ? (
        <p className="text-muted">Asking the server …</p>
      ) : (
        <div className="flex flex-col gap-4">
          <Counts clusters={received.answer.clusters} />
          <FleetTable received={received} zone={zone} />
        </div>
      )}
    </Page>
  );
}
