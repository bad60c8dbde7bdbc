/** Answers as of a moment of the past, at the addresses of the live ones with `?at=`. */
import type { Context } from "hono";
import * as z from "zod/mini";
import {
  replayedChangesSchema,
  replayedClustersSchema,
  type ReplayedHistory,
  replayedHistorySchema,
  replayedStatusSchema,
} from "../../contract/replay.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { PastAnswer, Replay } from "../replay/replay.ts";
import { fail, json } from "./answer.ts";
import { newestSpans } from "./mostSpans.ts";
import { historyDays, notAMoment, readMoment, readRange } from "./range.ts";
import { unknownCluster } from "./runs.ts";

/** What answers of the past are made with. */
export type PastSources = { readonly replay: Replay; readonly now: () => EpochMs };

/** All clusters as of a moment; with `since`, in the form that pages read, and whole. */
export async function sendPastClusters(
  context: Context,
  sources: PastSources,
  atText: string,
): Promise<Response> {
  return send(context, sources, atText, sources.replay.clusters, (answer) =>
    context.req.query("since") === undefined
      ? z.encode(replayedClustersSchema, answer)
      : z.encode(replayedChangesSchema, {
          ...answer,
          mark: "",
          isWhole: true,
          agesMs: answer.clusters.map(({ ageMs }) => ageMs),
        }),
  );
}

/** One cluster as of a moment. */
export async function sendPastStatus(
  context: Context,
  sources: PastSources,
  id: string,
  atText: string,
): Promise<Response> {
  return send(
    context,
    sources,
    atText,
    (at) => sources.replay.status(id, at),
    (answer) => z.encode(replayedStatusSchema, answer),
  );
}

/** What had been heard of one cluster by a moment. */
export async function sendPastHistory(
  context: Context,
  sources: PastSources,
  id: string,
  atText: string,
): Promise<Response> {
  return send(
    context,
    sources,
    atText,
    async (at): Promise<PastAnswer<ReplayedHistory>> => {
      const { from, to = atText } = context.req.query();
      const range = readRange({ from, to }, at, historyDays);
      return range.ok
        ? sources.replay.history(id, range.from, range.to, at)
        : { kind: "bad-range", message: range.message };
    },
    (answer) => z.encode(replayedHistorySchema, newestSpans(answer)),
  );
}

async function send<Answer>(
  context: Context,
  { now }: PastSources,
  atText: string,
  ask: (at: EpochMs) => Promise<PastAnswer<Answer>>,
  encode: (answer: Answer) => unknown,
): Promise<Response> {
  const at = readMoment(atText);
  if (at === null) {
    return fail(context, "bad-parameter", notAMoment("at").message);
  }
  const present = now();
  if (at > present) {
    const words = `The parameter at lies in the future: it is ${new Date(present).toISOString()} now.`;
    return fail(context, "bad-parameter", words);
  }
  const past = await ask(at);
  switch (past.kind) {
    case "answer":
      return json(context, encode(past.answer));
    case "unknown-cluster":
      return fail(context, "unknown-cluster", unknownCluster);
    case "bad-range":
      return fail(context, "bad-parameter", past.message);
    case "too-early":
      return fail(
        context,
        "bad-parameter",
        "The parameter at lies before all that the history holds: nothing is known of that moment.",
      );
    case "busy":
      return fail(context, "too-many-requests", "Too many replays of the whole fleet at once.", {
        "Retry-After": "1",
      });
    case "unread":
      return fail(context, "history-unread", past.message, { "Retry-After": "5" });
  }
}
