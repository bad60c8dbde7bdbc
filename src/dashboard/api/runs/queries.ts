import { queryOptions } from "@tanstack/react-query";
import { type History, historySchema } from "../../../contract/spans.ts";
import {
  outcomeKinds,
  type Runs,
  runSchema,
  runsSchema,
  type RunSummary,
} from "../../../contract/runs.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { ApiError, fetchJson, type Received } from "../fetchJson.ts";
import { isNotFound } from "../queries.ts";

/** Which upgrades a list is asked for. */
export type RunsQuestion = {
  /** Null for the whole fleet. */
  readonly cluster: string | null;
  /** Words that must all be found; empty for all. */
  readonly search: string;
  /** How they ended; null for all. */
  readonly outcome: (typeof outcomeKinds)[number] | null;
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
};

const inFlightEveryMs = 2000;
const endedEveryMs = 30_000;
const retryMs = 2000;
/** So many runs one answer carries. */
export const runsPerPage = 100;
const mostInFlight = 1000;

const everyEnding = outcomeKinds.filter((kind) => kind !== "in-flight").join(",");

/** What goes on, asked again every two seconds; nothing is asked where the question is about endings. */
export function runsInFlightQuery(question: RunsQuestion) {
  const path = runsPath({ ...question, to: null }, "in-flight", question.to, mostInFlight);
  return queryOptions({
    queryKey: ["runs-in-flight", question.cluster, path],
    queryFn: ({ signal }) => fetchJson(runsSchema, path, { signal, timeoutMs: listDeadlineMs }),
    enabled: question.outcome === null || question.outcome === "in-flight",
    refetchInterval: inFlightEveryMs,
    placeholderData: (previous, before) =>
      before?.queryKey[1] === question.cluster ? previous : undefined,
  });
}

/** A list may be a megabyte on its way. */
const listDeadlineMs = 15_000;

/** Upgrades that ended, as far as they were asked for. */
export type EndedRuns = Pick<Runs, "now" | "complete" | "left" | "runs">;

/**
 * Upgrades that ended, newest first.
 *
 * @param pages how many hundred of them
 * @param edition changes when one more has ended
 */
export function runsEndedQuery(question: RunsQuestion, pages: number, edition: string) {
  const kinds = question.outcome ?? everyEnding;
  const keyOf = (count: number) =>
    [
      "runs-ended",
      question.cluster,
      runsPath(question, kinds, question.to),
      edition,
      count,
    ] as const;
  return queryOptions({
    queryKey: keyOf(pages),
    queryFn: async ({ signal, client }): Promise<Received<EndedRuns>> => {
      const ask = async (to: EpochMs | null): Promise<Received<Runs>> =>
        fetchJson(runsSchema, runsPath(question, kinds, to), { signal, timeoutMs: listDeadlineMs });
      const fewer = client.getQueryData<Received<EndedRuns>>(keyOf(pages - 1));
      // What was just shown is gone on from.
      let received = fewer?.answer.complete === true ? fewer : await ask(question.to);
      for (let page = fewer === received ? pages - 1 : 1; page < pages; page += 1) {
        const oldest = received.answer.runs.at(-1)?.from ?? null;
        // Each page begins where the one before it ends.
        // oxlint-disable-next-line no-await-in-loop
        received = joined(received, received.answer.left > 0 ? await ask(oldest) : received);
      }
      return received;
    },
    enabled: question.outcome !== "in-flight",
    refetchInterval: ({ state }) => {
      if (state.status === "error" || state.data?.answer.complete === false) {
        return retryMs;
      }
      // Who looks far back is not sent all of it again and again; what ends meanwhile makes another edition.
      return pages > 1 ? false : endedEveryMs;
    },
    placeholderData: (previous, before) =>
      before?.queryKey[1] === question.cluster ? previous : undefined,
  });
}

/** A page and the next one, which may begin with what the first one ended with. */
function joined(page: Received<EndedRuns>, next: Received<EndedRuns>): Received<EndedRuns> {
  const nameOf = ({ cluster, id }: RunSummary): string => `${cluster} ${id}`;
  const known = new Set(page.answer.runs.map(nameOf));
  const added = next.answer.runs.filter((run) => !known.has(nameOf(run)));
  return { ...next, answer: { ...next.answer, runs: [...page.answer.runs, ...added] } };
}

const fewRuns = 4;

/** The last few upgrades of a cluster that ended. */
export function earlierRunsQuery(cluster: string, edition: string) {
  const question = { cluster, search: "", outcome: null, from: null, to: null };
  const path = runsPath(question, everyEnding, null, fewRuns);
  return queryOptions({
    queryKey: ["runs-earlier", cluster, edition],
    queryFn: ({ signal }) => fetchJson(runsSchema, path, { signal }),
    refetchInterval: ({ state }) =>
      state.status === "error" || state.data?.answer.complete === false ? retryMs : endedEveryMs,
    placeholderData: (previous, before) => (before?.queryKey[1] === cluster ? previous : undefined),
  });
}

function runsPath(
  { cluster, search, from }: RunsQuestion,
  kinds: string,
  to: EpochMs | null,
  limit = runsPerPage,
): string {
  const query = new URLSearchParams({ outcome: kinds, limit: String(limit) });
  const given = { q: search.trim(), from: isoOf(from), to: isoOf(to) };
  for (const [name, value] of Object.entries(given)) {
    if (value !== "") {
      query.set(name, value);
    }
  }
  const where = cluster === null ? "api/runs" : `api/clusters/${encodeURIComponent(cluster)}/runs`;
  return `${where}?${query.toString()}`;
}

function isoOf(at: EpochMs | null): string {
  return at === null ? "" : new Date(at).toISOString();
}

const runEveryMs = 2000;

/** One upgrade in full; one that goes on is asked for again every two seconds, one that ended is not. */
export function runQuery(cluster: string, run: string) {
  const path = `api/clusters/${encodeURIComponent(cluster)}/runs/${encodeURIComponent(run)}`;
  return queryOptions({
    queryKey: ["run", cluster, run],
    queryFn: ({ signal }) => fetchJson(runSchema, path, { signal }),
    refetchInterval: ({ state }) => {
      if (state.status === "error") {
        return isNotFound(state.error) ? false : retryMs;
      }
      return state.data?.answer.inFlight === false ? false : runEveryMs;
    },
    refetchOnWindowFocus: ({ state }) => state.data?.answer.inFlight !== false,
    refetchOnReconnect: ({ state }) => state.data?.answer.inFlight !== false,
  });
}

/** Whether an error says that the history of a cluster that is configured holds no such upgrade. */
export function isUnknownRun(error: Error | null): boolean {
  return error instanceof ApiError && error.code === "unknown-run";
}

/** What was heard from one moment to another, both of them past: it is asked for once. */
export function pastHistoryQuery(cluster: string, from: EpochMs, to: EpochMs) {
  const query = new URLSearchParams({ from: isoOf(from), to: isoOf(to) });
  const path = `api/clusters/${encodeURIComponent(cluster)}/history?${query.toString()}`;
  return queryOptions({
    queryKey: ["past-history", cluster, from, to],
    queryFn: async ({ signal }): Promise<Received<History>> =>
      fetchJson(historySchema, path, { signal, timeoutMs: listDeadlineMs }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchInterval: ({ state }) => (state.status === "error" ? retryMs : false),
  });
}
