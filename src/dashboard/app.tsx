import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { Route, Router, Switch } from "wouter";
import { ClusterPage } from "./cluster/ClusterPage.tsx";
import { FleetPage } from "./fleet/FleetPage.tsx";
import { NotFound } from "./shell/NotFound.tsx";
import { ErrorBoundary } from "./ui/ErrorBoundary.tsx";

// An admin's first view need not carry the walls.
const ClusterWall = lazy(async () => import("./wall/ClusterWall.tsx"));
const FleetWall = lazy(async () => import("./wall/FleetWall.tsx"));

/** The path below which the page lives, without the slash at its end. */
const base = new URL(document.baseURI).pathname.replace(/\/[^/]*$/, "");

/** Every address of the page. */
export function App({ client }: { readonly client: QueryClient }): ReactNode {
  return (
    <ErrorBoundary canReload={isServerUp} reload={() => location.reload()}>
      <QueryClientProvider client={client}>
        <Router base={base}>
          <Suspense fallback={null}>
            <Switch>
              <Route path="/" component={FleetPage} />
              <Route path="/clusters/:id">{({ id }) => <ClusterPage key={id} id={id} />}</Route>
              <Route path="/wall" component={FleetWall} />
              <Route path="/wall/:id">{({ id }) => <ClusterWall key={id} id={id} />}</Route>
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </Router>
      </QueryClientProvider>
    </ErrorBoundary>
  );
}

async function isServerUp(): Promise<boolean> {
  const response = await fetch(new URL("healthz", document.baseURI), {
    cache: "no-store",
    signal: AbortSignal.timeout(5000),
  });
  return response.ok;
}
