import type { Hono } from "hono";
import { curvesSchema } from "../../contract/curves.ts";
import { type OutcomeKind, outcomeKinds, runSchema, runsSchema } from "../../contract/runs.ts";
import * as z from "zod/mini";
import type { RunAnswer, RunsAnswer } from "../runs/catalogue.ts";
import type { RunsQuery } from "../runs/query.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { fail } from "./answer.ts";
import { type EvidenceForm, evidenceForms, oneByOne, sendEvidence } from "./evidence.ts";
import type { FleetView } from "./fleetView.ts";
import { notAMoment, readMoment } from "./range.ts";
import { jsonTagged } from "./tag.ts";
import type { Context } from "hono";

/** What is said of an id that is not configured. */
export const unknownCluster = "No cluster with this id is configured.";

const defaultLimit = 100;
const mostRuns = 1_000;
const mostWords = 10;
const mostEarlier = 20;

type Parameters = Readonly<Record<string, string | undefined>>;

/** A query, or why the parameters are none. */
type Query =
  | { readonly ok: true; readonly query: RunsQuery }
  | { readonly ok: false; readonly message: string };

/** The routes that tell of upgrades. */
export function routeRuns(api: Hono, view: FleetView, now: () => EpochMs): void {
  const isConfigured = (id: string): boolean => view.status(id) !== undefined;
  const inOrder = oneByOne();

  api.get("/runs", async (context) => {
    const query = readQuery(context.req.query(), isConfigured);
    return query.ok
      ? sendRuns(context, view.runs(query.query))
      : fail(context, "bad-parameter", query.message);
  });

  api.get("/clusters/:id/runs", async (context) => {
    const id = context.req.param("id");
    if (!isConfigured(id)) {
      return fail(context, "unknown-cluster", unknownCluster);
    }
    const query = readQuery({ ...context.req.query(), cluster: id }, isConfigured);
    return query.ok
      ? sendRuns(context, view.runs(query.query))
      : fail(context, "bad-parameter", query.message);
  });

  api.get("/clusters/:id/runs/:run", async (context) => {
    const id = context.req.param("id");
    const { name, form } = asked(context.req.param("run"));
    if (form === null) {
      const answer = await view.run(id, name);
      return answer.kind === "run"
        ? jsonTagged(context, answer.run.revision, () => z.encode(runSchema, answer.run))
        : failRun(context, answer);
    }
    return inOrder(context, async () => {
      const answer = await view.run(id, name);
      const simulated = view.status(id)?.simulated ?? false;
      return answer.kind === "run"
        ? sendEvidence(context, { ...answer, simulated }, form, now())
        : failRun(context, answer);
    });
  });

  api.get("/clusters/:id/runs/:run/curve", async (context) => {
    const earlier = readEarlier(context.req.query("earlier"));
    if (earlier === null) {
      const message = `The parameter earlier is no number from 0 to ${mostEarlier}.`;
      return fail(context, "bad-parameter", message);
    }
    const answer = await view.curves(context.req.param("id"), context.req.param("run"), earlier);
    return answer.kind === "curves"
      ? jsonTagged(context, answer.revision, () => z.encode(curvesSchema, answer.curves))
      : failRun(context, answer);
  });
}

/** Why one upgrade is not told. */
function failRun(context: Context, answer: Exclude<RunAnswer, { readonly kind: "run" }>): Response {
  switch (answer.kind) {
    case "unknown-cluster":
      return fail(context, "unknown-cluster", unknownCluster);
    case "unknown-run":
      return fail(context, "unknown-run", "The history of this cluster holds no such upgrade.");
    case "unread":
      return fail(context, "history-unread", answer.message, { "Retry-After": "5" });
  }
}

/** How many earlier upgrades are asked for; null where that is none of the numbers that are possible. */
function readEarlier(text = "0"): number | null {
  const count = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return count <= mostEarlier ? count : null;
}

/** The last part of a run's address: its id, and below `.json` and the like a file of it. */
function asked(part: string): { readonly name: string; readonly form: EvidenceForm | null } {
  const [, name = part, ending] = /^(.*)\.([a-z]+)$/.exec(part) ?? [];
  const form = evidenceForms.find((each) => each === ending);
  return form === undefined ? { name: part, form: null } : { name, form };
}

async function sendRuns(context: Context, { runs, revision }: RunsAnswer): Promise<Response> {
  return jsonTagged(context, revision, () => z.encode(runsSchema, runs));
}

/** Reads `from`, `to`, `outcome`, `q`, `limit` and `cluster`. */
function readQuery(
  { from, to, outcome, q = "", limit = String(defaultLimit), cluster }: Parameters,
  isConfigured: (id: string) => boolean,
): Query {
  const start = from === undefined ? undefined : readMoment(from);
  const end = to === undefined ? undefined : readMoment(to);
  if (start === null || end === null) {
    return notAMoment(start === null ? "from" : "to");
  }
  if (start !== undefined && end !== undefined && start > end) {
    return { ok: false, message: "The parameter from lies after to." };
  }
  const count = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > mostRuns) {
    return { ok: false, message: `The parameter limit is no number from 1 to ${mostRuns}.` };
  }
  const clusters = cluster === undefined ? null : [...new Set(cluster.split(","))];
  const unknown = clusters?.find((id) => !isConfigured(id));
  if (unknown !== undefined) {
    const named = unknown.slice(0, 63);
    return {
      ok: false,
      message: `The parameter cluster names ${JSON.stringify(named)}, which is not configured.`,
    };
  }
  const outcomes = outcome === undefined ? null : readOutcomes(outcome);
  if (outcomes?.length === 0) {
    return { ok: false, message: `The parameter outcome is none of ${outcomeKinds.join(", ")}.` };
  }
  const words = q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, mostWords);
  const range = { from: start ?? null, to: end ?? null };
  return { ok: true, query: { clusters, ...range, outcomes, words, limit: count } };
}

/** The outcomes that a list names; none where it names something else too. */
function readOutcomes(text: string): readonly OutcomeKind[] {
  const named = new Set(text.split(","));
  const known = outcomeKinds.filter((kind) => named.has(kind));
  return known.length === named.size ? known : [];
}
