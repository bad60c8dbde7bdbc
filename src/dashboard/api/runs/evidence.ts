/** What is asked and sent about the evidence of upgrades: notes, and the record as files. */
import { queryOptions } from "@tanstack/react-query";
import { type Note, noteSchema, notesSchema } from "../../../contract/notes.ts";
import { recordHashHeader } from "../../../contract/recording.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { deadlineMs, fetchJson } from "../fetchJson.ts";

/** A note waits for the disk up to three seconds. */
const writeDeadlineMs = 10_000;
const notesEveryMs = 10_000;

function notesPath(cluster: string): string {
  return `api/clusters/${encodeURIComponent(cluster)}/notes`;
}

/** The notes of a cluster that are pinned to a time; without an end, up to now. */
export function notesQuery(cluster: string, from: EpochMs, to: EpochMs | null) {
  const query = new URLSearchParams({ from: new Date(from).toISOString() });
  if (to !== null) {
    query.set("to", new Date(to).toISOString());
  }
  return queryOptions({
    queryKey: ["notes", cluster, from, to],
    queryFn: ({ signal }) =>
      fetchJson(notesSchema, `${notesPath(cluster)}?${query.toString()}`, { signal }),
    refetchInterval: notesEveryMs,
  });
}

/**
 * Pins a note to a moment, or to now.
 *
 * @throws ApiError with words for people
 */
export async function writeNote(cluster: string, text: string, at: EpochMs | null): Promise<Note> {
  const post = { text, ...(at === null ? {} : { at: new Date(at).toISOString() }) };
  return send(notesPath(cluster), post);
}

/**
 * Withdraws one's own note.
 *
 * @throws ApiError with words for people
 */
export async function withdrawNote(cluster: string, id: string): Promise<Note> {
  return send(`${notesPath(cluster)}/${encodeURIComponent(id)}/withdraw`, {});
}

async function send(path: string, post: unknown): Promise<Note> {
  const { signal } = new AbortController();
  const { answer } = await fetchJson(noteSchema, path, {
    signal,
    timeoutMs: writeDeadlineMs,
    post,
  });
  return answer;
}

/** The files that an upgrade can be taken away as. */
export type FileForm = "md" | "csv" | "json";

/** Where a file is, relative to where the page lives. */
export function filePath(cluster: string, run: string, form: FileForm): string {
  return `api/clusters/${encodeURIComponent(cluster)}/runs/${encodeURIComponent(run)}.${form}`;
}

/**
 * A file's text.
 *
 * @throws an error in words for people
 */
export async function fileText(cluster: string, run: string, form: FileForm): Promise<string> {
  const response = await ask(filePath(cluster, run, form), "GET", new AbortController().signal);
  return response.text();
}

/** The SHA-256 over the record of an upgrade that ended. */
export function recordHashQuery(cluster: string, run: string, edition: string) {
  return queryOptions({
    queryKey: ["record-hash", cluster, run, edition],
    queryFn: async ({ signal }): Promise<string> => {
      const response = await ask(filePath(cluster, run, "json"), "HEAD", signal);
      return response.headers.get(recordHashHeader) ?? "";
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchInterval: ({ state }) => (state.status === "error" ? notesEveryMs : false),
  });
}

async function ask(path: string, method: "GET" | "HEAD", signal: AbortSignal): Promise<Response> {
  const response = await fetch(new URL(path, document.baseURI), {
    method,
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    credentials: "same-origin",
    cache: "no-store",
  });
  if (!response.ok) {
    throw new Error(`The server answered ${response.status}.`);
  }
  return response;
}
