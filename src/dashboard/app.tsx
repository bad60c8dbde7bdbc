import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { Route, Router, Switch, useSearch } from "wouter";
import { SignInGate } from "./shell/entrance/SignInGate.tsx";
import { lazyPart } from "./shell/reload/lazyPart.ts";
import { RootBoundary } from "./shell/reload/RootBoundary.tsx";

// Each address carries its own page only.
const loadFleetPage = async () => import("./fleet/FleetPage.tsx");
const loadClusterPage = async () => {
  const { ClusterPage } = await import("./cluster/ClusterPage.tsx");
  return { default: ClusterPage };
};
const loadFleetWall = async () => import("./wall/FleetWall.tsx");
const loadClusterWall = async () => import("./wall/ClusterWall.tsx");

const FleetPage = lazyPart("fleet", loadFleetPage);
const ClusterPage = lazyPart("cluster", loadClusterPage);
const FleetWall = lazyPart("wall", loadFleetWall);
const ClusterWall = lazyPart("wall-of-one", loadClusterWall);
const Replay = lazyPart("replay", async () => import("./replay/Replay.tsx"));
const MorePages = lazyPart("more-pages", async () => import("./morePages.tsx"));

/** The path below which the page lives, without the slash at its end. */
const base = new URL(document.baseURI).pathname.replace(/\/[^/]*$/, "");

const firstParts = [
  [/^\/?$/, loadFleetPage],
  [/^\/clusters\/[^/]+$/, loadClusterPage],
  [/^\/wall$/, loadFleetWall],
  [/^\/wall\/[^/]+$/, loadClusterWall],
] as const;

/** Loads the code of the address that the page was opened at, where it is one of those that are looked at most. */
export async function loadFirstPart(): Promise<void> {
  const path = location.pathname.slice(base.length);
  await firstParts.find(([address]) => address.test(path))?.[1]();
}

/** What index.html shows until there is a page. */
function Asking(): ReactNode {
  return <p className="p-6 text-[max(1rem,2.4vmin)] text-muted">Upgrade Watch asks the server …</p>;
}

/** What an address with `?replay=` shows is the past. */
function Replayed({ children }: { readonly children: ReactNode }): ReactNode {
  return useSearch().includes("replay=") ? (
    <Suspense fallback={<Asking />}>
      <Replay>{children}</Replay>
    </Suspense>
  ) : (
    children
  );
}

/** Every address of the page. */
export function App({ client }: { readonly client: QueryClient }): ReactNode {
  return (
    <RootBoundary>
      <QueryClientProvider client={client}>
        <Router base={base}>
          <Replayed>
            <SignInGate>
              <Suspense fallback={<Asking />}>
                <Switch>
                  <Route path="/" component={FleetPage} />
                  <Route path="/clusters/:id">{({ id }) => <ClusterPage key={id} id={id} />}</Route>
                  <Route path="/wall" component={FleetWall} />
                  <Route path="/wall/:id">{({ id }) => <ClusterWall key={id} id={id} />}</Route>
                  <Route component={MorePages} />
                </Switch>
              </Suspense>
            </SignInGate>
          </Replayed>
        </Router>
      </QueryClientProvider>
    </RootBoundary>
  );
}
