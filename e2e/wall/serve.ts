import { loadPages } from "../../src/proxy/http/pages.ts";
import { type Listening, listen } from "../../src/proxy/http/listen.ts";
import { app, silent } from "../../src/proxy/http/testing.ts";
import { now, tellFleet, type Written } from "./written.ts";

/**
 * Serves the built page and, to its questions, a fleet whose histories are written: our own server without the watching,
 * for no cluster can be brought to every verdict within a test's time.
 */
export async function serveFleet(
  fleet: readonly Written[],
  nameOf: (id: string) => string,
): Promise<Listening> {
  const told = tellFleet(fleet, nameOf);
  const served = app({
    pages: await loadPages("dist/page", "/"),
    now,
    view: { clusters: () => told.clusters, status: told.status, history: told.history },
  });
  const where = { host: "127.0.0.1", port: 0, basePath: "/", tls: null, frameAncestors: [] };
  return await listen(served, where, silent);
}
