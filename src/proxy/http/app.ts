import { type Context, Hono } from "hono";
import type { ServerConfiguration } from "../../contract/configuration.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { NoteBook } from "../history/notes.ts";
import type { Log } from "../log.ts";
import { metricsContentType } from "../metrics/metrics.ts";
import { fail, json, send } from "./answer.ts";
import { apiRoutes } from "./api.ts";
import { bodyOf } from "./body.ts";
import { openClustersBodies } from "./clustersBodies.ts";
import { type EntranceEnvironment, openAdmission } from "./entrance/admission.ts";
import type { Doorkeeper } from "./entrance/doorkeeper.ts";
import { routeEntrance } from "./entrance/routes.ts";
import { openFirstAnswers } from "./firstAnswers.ts";
import type { FleetView } from "./fleetView.ts";
import { knownHostsOnly, readOnly, sameSiteOnly, securityHeaders } from "./guards.ts";
import { noteRoutes } from "./notes.ts";
import { type Pages, serveFiles, servePages } from "./pages.ts";
import type { ViewerRules } from "./viewers.ts";

/** What the HTTP server shows, and as whom. */
export type AppDependencies = {
  readonly view: FleetView;
  readonly notes: NoteBook;
  readonly pages: Pages;
  readonly server: Pick<
    ServerConfiguration,
    "host" | "hosts" | "basePath" | "frameAncestors" | "tls"
  >;
  readonly viewers: ViewerRules;
  readonly doorkeeper: Doorkeeper;
  /** The program's version. */
  readonly version: string;
  /** The text of `/metrics`. */
  readonly metrics: () => Promise<string>;
  /** Told who asks the API, in words that tell one from another, whenever somebody does. */
  readonly noteViewer?: (viewer: string) => void;
  readonly log: Log;
  readonly now: () => EpochMs;
};

/** The whole HTTP application, without a socket. */
export function createApp(dependencies: AppDependencies): Hono<EntranceEnvironment> {
  const { view, notes, doorkeeper, pages, server, version, metrics, noteViewer, log, now } =
    dependencies;
  const app = new Hono<EntranceEnvironment>({
    getPath: (request) => pathBelow(request.url, server.basePath),
  });

  app.use(securityHeaders(server, pages.index.inline), knownHostsOnly(server), readOnly);

  app.get("/healthz", async (context) => json(context, { status: "ok" }));
  app.get("/readyz", async (context) =>
    view.isReady() ? json(context, { status: "ok" }) : context.json({ status: "starting" }, 503),
  );
  const admission = openAdmission(dependencies);
  app.use(admission.identify, admission.limit);
  app.get("*", serveFiles(pages));
  routeEntrance(app, admission.cookies, dependencies);
  app.use(admission.admit);
  app.get("/api/viewer", sameSiteOnly, admission.tell);
  app.use("/api/*", async (context, next) => {
    noteViewer?.(viewerOf(context));
    return next();
  });
  app.get("/metrics", sameSiteOnly, async (context) =>
    send(context, bodyOf(await metrics(), "live"), { "Content-Type": metricsContentType }),
  );
  app.route("/api", noteRoutes({ view, notes, allowance: doorkeeper.notes, server, log, now }));
  const clustersBodies = openClustersBodies(view);
  const { basePath } = server;
  app.route("/api", apiRoutes({ view, clustersBodies, version, basePath, now }));
  app.get("*", servePages(pages, openFirstAnswers(view, clustersBodies)));

  app.onError((error, context) => {
    const path = context.req.path.replace(/^(\/pass\/).*/, "$1…");
    log.error("A request could not be answered", { path, error });
    return fail(context, "internal", "The answer could not be made; the server's log says why.");
  });
  return app;
}

/** Several tabs of one browser are one viewer; two like browsers behind one address can't be told apart. */
function viewerOf(context: Context<EntranceEnvironment>): string {
  const who = context.get("asking");
  const key = who.kind === "viewer" ? who.viewer.key : null;
  return key ?? `${context.get("client").key} ${context.req.header("user-agent") ?? ""}`;
}

/**
 * The path below the base path. A reverse proxy may hand it on with the base path or without, so both are understood.
 */
function pathBelow(url: string, basePath: string): string {
  const path = new URL(url).pathname;
  const stem = basePath.slice(0, -1);
  return path === stem || path.startsWith(basePath) ? path.slice(stem.length) || "/" : path;
}
