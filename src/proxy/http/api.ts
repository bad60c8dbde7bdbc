import { Hono } from "hono";
import * as z from "zod/mini";
import { clusterStatusSchema, lanesSchema } from "../../contract/api.ts";
import { historySchema } from "../../contract/spans.ts";
import { openApiDocument } from "../../contract/openapi.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { fail, json, sendJson } from "./answer.ts";
import { bodyOf } from "./body.ts";
import type { ClustersBodies } from "./clustersBodies.ts";
import type { FleetView } from "./fleetView.ts";
import { sameSiteOnly } from "./guards.ts";
import { newestSpans } from "./mostSpans.ts";
import { sendPastClusters, sendPastHistory, sendPastStatus } from "./past.ts";
import { historyDays, lanesDays, readRange } from "./range.ts";
import { routeRuns, unknownCluster } from "./runs.ts";
import { jsonTagged } from "./tag.ts";
import { wireText } from "./wireText.ts";

const statusText = wireText(clusterStatusSchema);

/** What the API's routes read. */
export type ApiSources = {
  readonly view: FleetView;
  readonly clustersBodies: ClustersBodies;
  readonly version: string;
  readonly basePath: string;
  readonly now: () => EpochMs;
};

/** The routes below `/api`. */
export function apiRoutes(sources: ApiSources): Hono {
  const { view, clustersBodies, version, basePath, now } = sources;
  const api = new Hono();
  const description = bodyOf(JSON.stringify(openApiDocument(version, basePath)), "lasting");

  api.use(sameSiteOnly);

  const past = { replay: view.replay, now };

  api.get("/clusters", async (context) => {
    const at = context.req.query("at");
    if (at !== undefined) {
      return sendPastClusters(context, past, at);
    }
    return sendJson(context, clustersBodies(context.req.query("since")));
  });

  api.get("/clusters/:id/upgrade/status", async (context) => {
    const id = context.req.param("id");
    const at = context.req.query("at");
    if (at !== undefined) {
      return sendPastStatus(context, past, id, at);
    }
    const status = view.status(id);
    return status === undefined
      ? fail(context, "unknown-cluster", unknownCluster)
      : sendJson(context, bodyOf(statusText(status), "live"));
  });

  api.get("/clusters/:id/history", async (context) => {
    const id = context.req.param("id");
    const at = context.req.query("at");
    if (at !== undefined) {
      return sendPastHistory(context, past, id, at);
    }
    const range = readRange(context.req.query(), now(), historyDays);
    if (!range.ok) {
      return fail(context, "bad-parameter", range.message);
    }
    const history = await view.history(id, range.from, range.to);
    if (history === undefined) {
      return fail(context, "unknown-cluster", unknownCluster);
    }
    return jsonTagged(context, history.revision, () =>
      z.encode(historySchema, newestSpans(history)),
    );
  });

  api.get("/lanes", async (context) => {
    const range = readRange({ from: context.req.query("from") }, now(), lanesDays);
    return range.ok
      ? json(context, z.encode(lanesSchema, await view.lanes(range.from)))
      : fail(context, "bad-parameter", range.message);
  });

  routeRuns(api, view, now);

  api.get("/openapi.json", async (context) => sendJson(context, description));

  api.all("*", (context) => fail(context, "not-found", "The API has nothing at this address."));
  return api;
}
