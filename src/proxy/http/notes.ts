import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as z from "zod/mini";
import { shortText, visibleText } from "../../contract/clusterText.ts";
import { newNoteSchema } from "../../contract/noteRequests.ts";
import { longestNote, type Note, noteSchema, notesSchema } from "../../contract/notes.ts";
import { minuteMs } from "../../upgrade/duration.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { NoteOutcome } from "../history/disk/noteTable.ts";
import type { NoteBook } from "../history/notes.ts";
import type { Log } from "../log.ts";
import { fail, json } from "./answer.ts";
import { type EntranceEnvironment, tooMany } from "./entrance/admission.ts";
import type { TokenBuckets } from "./entrance/tokenBuckets.ts";
import type { FleetView } from "./fleetView.ts";
import { ownPagesOnly, sameSiteOnly } from "./guards.ts";
import { notAMoment, readMoment } from "./range.ts";
import { unknownCluster } from "./runs.ts";

/** What the routes of notes work with. */
export type NoteRouting = {
  readonly view: Pick<FleetView, "status">;
  readonly notes: NoteBook;
  /** How many notes each author may still write. */
  readonly allowance: TokenBuckets;
  readonly server: { readonly hosts: readonly string[] };
  readonly log: Pick<Log, "info" | "warn">;
  readonly now: () => EpochMs;
};

type Requested = Context<EntranceEnvironment, "/clusters/:id/notes">;

/** Someone who may write, or why whoever asks may not. */
type Writer =
  | { readonly kind: "author"; readonly name: string }
  | { readonly kind: "reader"; readonly reason: string };

/** Enough for the longest note with every character escaped. */
const mostBytes = 16_384;
const mostNotesSent = 1_000;
/** A page reckons the server's time by its own clock's pace. */
const clockSlackMs = minuteMs;
const longestName = 200;

/**
 * The routes below `/api` by which people read and write notes: the only thing that a viewer can write.
 */
export function noteRoutes(routing: NoteRouting): Hono<EntranceEnvironment> {
  const { view, notes, allowance, server, log, now } = routing;
  const routes = new Hono<EntranceEnvironment>();
  const fromOwnPages = ownPagesOnly(server);
  const short = bodyLimit({
    maxSize: mostBytes,
    onError: (context) =>
      fail(context, "body-not-allowed", `A note has at most ${longestNote} characters.`, {
        Connection: "close",
      }),
  });

  routes.get("/clusters/:id/notes", sameSiteOnly, async (context) => {
    const { from, to } = context.req.query();
    const start = from === undefined ? 0 : readMoment(from);
    const end = to === undefined ? Number.MAX_SAFE_INTEGER : readMoment(to);
    if (start === null || end === null) {
      return fail(context, "bad-parameter", notAMoment(start === null ? "from" : "to").message);
    }
    const cluster = context.req.param("id");
    if (view.status(cluster) === undefined) {
      return fail(context, "unknown-cluster", unknownCluster);
    }
    const asked = { cluster, from: start, to: end, limit: mostNotesSent + 1 };
    try {
      const { notes: found, unreadable } = await notes.read(asked);
      const writer = writerOf(context);
      return json(
        context,
        z.encode(notesSchema, {
          now: now(),
          notes: found.slice(-mostNotesSent),
          unreadable,
          more: found.length + unreadable > mostNotesSent,
          readOnly: writer.kind === "author" ? null : writer.reason,
        }),
      );
    } catch (error) {
      return fail(
        context,
        "history-unread",
        `The notes can't be read now: ${messageOf(error)}.`,
        retry,
      );
    }
  });

  routes.post("/clusters/:id/notes", sameSiteOnly, fromOwnPages, short, async (context) =>
    writing(context, async (author) => {
      const read = newNoteSchema.safeParse(await bodyOf(context));
      if (!read.success) {
        return fail(context, "bad-request", badNote);
      }
      const written = now();
      const { at = written, text: typed } = read.data;
      const text = visibleText(typed.trim());
      if (text === "") {
        return fail(context, "bad-request", "A note needs some text.");
      }
      if (at > written + clockSlackMs || at < 0) {
        return fail(
          context,
          "bad-request",
          "A note is pinned to a moment that has passed, or to now.",
        );
      }
      const note: Note = { id: randomUUID(), at, written, author, text, withdrawn: null };
      return notes.add({ cluster: context.req.param("id"), note });
    }),
  );

  routes.post(
    "/clusters/:id/notes/:note/withdraw",
    sameSiteOnly,
    fromOwnPages,
    short,
    async (context) =>
      writing(context, (author) => {
        const { id, note } = context.req.param();
        return notes.withdraw(id, note, author, now());
      }),
  );

  /** Lets an author write, not too often, and answers with what is on disk then. */
  async function writing(
    context: Requested,
    write: (author: string) => Promise<NoteOutcome | Response>,
  ): Promise<Response> {
    const writer = writerOf(context);
    if (writer.kind === "reader") {
      return fail(context, "may-not-write", writer.reason);
    }
    const cluster = context.req.param("id");
    if (view.status(cluster) === undefined) {
      return fail(context, "unknown-cluster", unknownCluster);
    }
    const waitMs = allowance.take(writer.name);
    if (waitMs > 0) {
      return tooMany(context, waitMs, "Too many notes were written in a short time.");
    }
    try {
      const outcome = await write(writer.name);
      return outcome instanceof Response ? outcome : told(context, outcome);
    } catch (error) {
      const reason = messageOf(error);
      log.warn("A note was not saved", { cluster, error: reason });
      return fail(context, "note-not-saved", notSaved(reason), retry);
    }
  }

  async function told(context: Requested, outcome: NoteOutcome): Promise<Response> {
    switch (outcome.kind) {
      case "kept":
        return json(context, z.encode(noteSchema, outcome.note));
      case "too-many":
        return fail(context, "too-many-notes", "This cluster has as many notes as it may have.");
      case "unknown":
        return fail(context, "unknown-note", "This cluster has no such note.");
      case "not-yours":
        return fail(context, "may-not-write", "Only its author can withdraw a note.");
    }
  }

  return routes;
}

const retry = { "Retry-After": "5" };

const badNote = `Send a note as JSON: its text, of at most ${longestNote} characters, and perhaps the moment that it is about.`;

/** A write that hangs may still be made; that is said, for sent again it is kept once. */
function notSaved(reason: string): string {
  return `The note could not be saved, or not in time: ${reason}. Nothing is lost on the page: send it again when the history is kept again.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function bodyOf(context: Requested): Promise<unknown> {
  return context.req.json().catch(() => undefined);
}

/** A note says who wrote it, so whoever writes one must be known as a person: see decision 034. */
function writerOf(context: Requested): Writer {
  const who = context.get("asking");
  const viewer = who.kind === "viewer" ? who.viewer : null;
  if (viewer?.kind === "pass") {
    return { kind: "reader", reason: "A display's pass lets it look, not write." };
  }
  return viewer === null || viewer.kind === "open" || viewer.name === null
    ? { kind: "reader", reason: unasked }
    : { kind: "author", name: shortText(viewer.name, longestName) };
}

const unasked =
  "Notes say who wrote them, so only people who sign in can write some. Nobody signs in here: server.viewers in the configuration names users.";
