import { useQuery } from "@tanstack/react-query";
import { type ReactNode, Suspense, useMemo } from "react";
import { clustersQuery } from "../api/fleet/queries.ts";
import { clusterStatusQuery } from "../api/clusterStatus.ts";
import { isNotFound } from "../api/queries.ts";
import { Page } from "../shell/Page.tsx";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { commonZone } from "../shell/zone.ts";
import { NoCluster } from "./NoCluster.tsx";

const RunsView = lazyPart("runs-view", async () => {
  const { RunsView } = await import("./list/RunsView.tsx");
  return { default: RunsView };
});

/** `/runs`: the upgrades of all clusters. */
export function FleetRunsPage(): ReactNode {
  const { data: received, error } = useQuery(clustersQuery);
  const clusters = received?.answer.clusters ?? noClusters;
  const siteZone = useMemo(() => commonZone(clusters), [clusters]);
  return (
    <Page
      title="Upgrades"
      trail={[{ label: "Fleet", href: "/" }, { label: "Upgrades" }]}
      received={received}
      error={error}
      siteZone={siteZone}
    >
      <Suspense fallback={<Drawing />}>
        <RunsView cluster={null} title="Upgrades of all clusters" siteZone={siteZone} />
      </Suspense>
    </Page>
  );
}

const noClusters: readonly [] = [];

/** `/clusters/:id/runs`: the upgrades of one cluster. */
export function ClusterRunsPage({ id }: { readonly id: string }): ReactNode {
  const { data: received, error } = useQuery(clusterStatusQuery(id));
  const name = received?.answer.name ?? id;
  const siteZone = received?.answer.zone ?? "UTC";
  const isUnknown = isNotFound(error);
  return (
    <Page
      title={`Upgrades of ${name}`}
      trail={[
        { label: "Fleet", href: "/" },
        { label: name, href: `/clusters/${encodeURIComponent(id)}`, code: id },
        { label: "Upgrades" },
      ]}
      received={received}
      error={isUnknown ? null : error}
      siteZone={siteZone}
      wallHref={`/wall/${encodeURIComponent(id)}`}
    >
      {isUnknown ? (
        <NoCluster id={id} />
      ) : (
        <Suspense fallback={<Drawing />}>
          <RunsView cluster={id} title={`Upgrades of ${name}`} siteZone={siteZone} />
        </Suspense>
      )}
    </Page>
  );
}

function Drawing(): ReactNode {
  return <p className="text-sm text-muted">Asking for the upgrades …</p>;
}
