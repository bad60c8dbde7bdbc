import type { ReactNode } from "react";
import { Route, Switch } from "wouter";
import { lazyPart } from "./shell/reload/lazyPart.ts";

const FleetRunsPage = lazyPart("fleet-runs", async () => {
  const { FleetRunsPage } = await import("./runs/RunsPage.tsx");
  return { default: FleetRunsPage };
});
const ClusterRunsPage = lazyPart("cluster-runs", async () => {
  const { ClusterRunsPage } = await import("./runs/RunsPage.tsx");
  return { default: ClusterRunsPage };
});
const RunPage = lazyPart("run", async () => {
  const { RunPage } = await import("./runs/RunPage.tsx");
  return { default: RunPage };
});
const AgainstPage = lazyPart("against", async () => {
  const { AgainstPage } = await import("./runs/against/AgainstPage.tsx");
  return { default: AgainstPage };
});
const NotFound = lazyPart("not-found", async () => import("./shell/NotFound.tsx"));
const VoidPass = lazyPart("void-pass", async () => import("./shell/entrance/VoidPass.tsx"));

/** The addresses that are looked at now and then: their table is no part of what live pages and walls load. */
export default function MorePages(): ReactNode {
  return (
    <Switch>
      <Route path="/runs" component={FleetRunsPage} />
      <Route path="/clusters/:id/runs">{({ id }) => <ClusterRunsPage key={id} id={id} />}</Route>
      <Route path="/clusters/:id/runs/:run">
        {({ id, run }) => <RunPage key={`${id} ${run}`} id={id} run={run} />}
      </Route>
      <Route path="/clusters/:id/runs/:run/against/:other?">
        {({ id, run, other }) => (
          <AgainstPage key={`${id} ${run} ${other}`} id={id} run={run} other={other} />
        )}
      </Route>
      <Route path="/pass/:secret" component={VoidPass} />
      <Route component={NotFound} />
    </Switch>
  );
}
