import { BlockList } from "node:net";
import { describe, expect, it } from "vitest";
import { type Note, noteSchema, notesSchema } from "../../contract/notes.ts";
import type { NoteOutcome } from "../history/disk/noteTable.ts";
import type { NoteBook } from "../history/notes.ts";
import { digest } from "./entrance/passwords.ts";
import { app, type Changes, errorOf, now } from "./testing.ts";
import type { ViewerRules } from "./viewers.ts";

const rules = {
  kind: "known",
  users: new Map([["noc", digest("open:sesame")]]),
  trustedHeader: null,
} as const satisfies ViewerRules;

const origin = "http://127.0.0.1:4600";
const basic = { authorization: `Basic ${Buffer.from("noc:open:sesame").toString("base64")}` };
const usual = { "content-type": "application/json", "x-upgrade-watch": "1", origin, ...basic };
const at = new Date(now - 60_000).toISOString();
const hello = JSON.stringify({ at, text: "Hello" });

/** Keeps what it is given, and says what it was told to say. */
function book(outcome?: NoteOutcome) {
  const added: { cluster: string; note: Note }[] = [];
  const withdrawn: unknown[] = [];
  const notes: NoteBook = {
    read: async () => ({ notes: added.map(({ note }) => note), unreadable: 0 }),
    add: async (record) => {
      added.push(record);
      return outcome ?? { kind: "kept", note: record.note };
    },
    withdraw: async (...order) => {
      withdrawn.push(order);
      return outcome ?? { kind: "unknown" };
    },
  };
  return { added, withdrawn, notes };
}

function served(changes: Changes = {}) {
  const server = app({ viewers: rules, ...changes });
  return {
    post: (body: string, headers: Record<string, string> = usual, path = "lon/notes") =>
      server.request(`${origin}/api/clusters/${path}`, {
        method: "POST",
        body,
        headers: { host: "127.0.0.1:4600", ...headers },
      }),
    get: (path: string, headers: Record<string, string> = basic) =>
      server.request(`${origin}/api/clusters/${path}`, { headers }),
  };
}

describe("writing a note", () => {
  it("keeps it with its author, its moment and when it was written", async () => {
    const { added, notes } = book();
    const { post, get } = served({ notes });
    const answer = await post(hello);
    const note = noteSchema.parse(await answer.json());
    expect([answer.status, note]).toEqual([200, added[0]?.note]);
    expect(added).toEqual([
      {
        cluster: "lon",
        note: {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          at: now - 60_000,
          written: now,
          author: "noc",
          text: "Hello",
          withdrawn: null,
        },
      },
    ]);
    await post(JSON.stringify({ text: "Now" }));
    expect(added[1]?.note.at).toBe(now);
    const listed = notesSchema.parse(await (await get("lon/notes")).json());
    expect([listed.notes.length, listed.more, listed.readOnly]).toEqual([2, false, null]);
  });

  it("goes by the name that a trusted reverse proxy gives, and by no other header", async () => {
    const from = new BlockList();
    from.addAddress("127.0.0.1");
    const trustedHeader = { name: "x-forwarded-user", from };
    const { added, notes } = book();
    const { post } = served({ notes, viewers: { ...rules, trustedHeader } });
    const { authorization: _none, ...page } = usual;
    expect((await post(hello, { ...page, "x-forwarded-user": "ann\u00a0b" })).status).toBe(200);
    expect((await post(hello, { ...page, "x-user": "eve" })).status).toBe(401);
    const untrusting = served({ notes });
    expect((await untrusting.post(hello, { ...page, "x-forwarded-user": "eve" })).status).toBe(401);
    expect(added.map(({ note }) => note.author)).toEqual(["ann\u00a0b"]);
  });

  it("makes what is hidden in a text visible, and keeps its lines", async () => {
    const { added, notes } = book();
    const text = "  <script>\u202ealert(1)\u0000</script>\r\n| a | b |\ud800  ";
    await served({ notes }).post(JSON.stringify({ at, text }));
    expect(added[0]?.note.text).toBe("<script>‹U+202E›alert(1)␀</script>\n| a | b |�");
  });

  it.each([
    ["a form of another site", { ...usual, "content-type": "text/plain" }, 415],
    ["a form's own type", { ...usual, "content-type": "application/x-www-form-urlencoded" }, 415],
    ["no header of ours", { ...basic, "content-type": "application/json", origin }, 403],
    ["another origin", { ...usual, origin: "https://evil.example" }, 403],
    ["another port", { ...usual, origin: "http://127.0.0.1:9999" }, 403],
    ["no origin that can be named", { ...usual, origin: "null" }, 403],
    ["another site", { ...usual, "sec-fetch-site": "cross-site" }, 403],
    ["a sibling site", { ...usual, "sec-fetch-site": "same-site" }, 403],
    ["a stranger", { "content-type": "application/json", "x-upgrade-watch": "1", origin }, 401],
  ])("is refused to %s", async (_what, headers, status) => {
    const { added, withdrawn, notes } = book();
    const { post } = served({ notes });
    expect((await post(hello, headers)).status).toBe(status);
    expect((await post("{}", headers, "lon/notes/x/withdraw")).status).toBe(status);
    expect([added, withdrawn]).toEqual([[], []]);
  });

  it("is refused where nobody signs in, and to a display, with what to do; both may read", async () => {
    const { added, notes } = book();
    const open = served({ notes, viewers: { kind: "open" } });
    const { authorization: _none, ...nobody } = usual;
    const refused = await open.post(hello, nobody);
    expect(refused.status).toBe(403);
    expect((await errorOf(refused)).message).toContain("server.viewers in the configuration");
    const read = notesSchema.parse(await (await open.get("lon/notes", {})).json());
    expect(read.readOnly).toContain("only people who sign in");
    const passes = {
      open: async () => null,
      holder: async () => ({ id: "1", name: "NOC left" }),
    };
    const display = served({ notes, passes });
    const cookie = { cookie: "upgrade-watch-pass-test=x" };
    const answer = await display.post(hello, { ...nobody, ...cookie });
    expect([answer.status, await errorOf(answer)]).toEqual([
      403,
      { code: "may-not-write", message: "A display's pass lets it look, not write." },
    ]);
    expect((await display.get("lon/notes", cookie)).status).toBe(200);
    expect(added).toEqual([]);
  });

  it.each([
    ["no JSON", "{", 400, "at most 2000 characters"],
    ["no text", "{}", 400, "at most 2000 characters"],
    ["nothing but white space", '{"text":" \\n "}', 400, "needs some text"],
    ["a text of another type", '{"text":["a"]}', 400, "at most 2000 characters"],
    ["too long a text", JSON.stringify({ text: "x".repeat(2001) }), 400, "at most 2000"],
    ["a megabyte", JSON.stringify({ text: "x".repeat(1_000_000) }), 413, "at most 2000"],
    ["no moment", '{"text":"a","at":"yesterday"}', 400, "perhaps the moment"],
    ["the future", '{"text":"a","at":"2027-01-01T00:00:00Z"}', 400, "has passed, or to now"],
  ])("refuses %s", async (_what, body, status, message) => {
    const { added, notes } = book();
    const answer = await served({ notes }).post(body);
    expect(answer.status).toBe(status);
    expect((await errorOf(answer)).message).toContain(message);
    expect(added).toEqual([]);
  });

  it("takes the longest note with every character escaped", async () => {
    const { added, notes } = book();
    const body = JSON.stringify({ at, text: "é".repeat(2000) }).replaceAll("é", "\\u00e9");
    expect((await served({ notes }).post(body)).status).toBe(200);
    expect(added[0]?.note.text).toHaveLength(2000);
  });

  it("is slowed down for each author", async () => {
    const { notes } = book();
    const users = new Map([...rules.users, ["ann", digest("x")] as const]);
    const { post } = served({ notes, steadyNow: () => 0, viewers: { ...rules, users } });
    const statuses: number[] = [];
    for (let count = 0; count < 31; count += 1) {
      // oxlint-disable-next-line no-await-in-loop
      statuses.push((await post(hello)).status);
    }
    expect(statuses.indexOf(429)).toBe(30);
    const refused = await post(hello);
    expect(refused.headers.get("retry-after")).toBe("30");
    const ann = { authorization: `Basic ${Buffer.from("ann:x").toString("base64")}` };
    expect((await post(hello, { ...usual, ...ann })).status).toBe(200);
  });

  it("says honestly that a note was not saved, and why", async () => {
    const broken: NoteBook = {
      ...book().notes,
      read: async () => Promise.reject(new Error("the disk does not answer")),
      add: async () => Promise.reject(new Error("the disk is full")),
    };
    const { post, get } = served({ notes: broken });
    const answer = await post(hello);
    expect([answer.status, (await errorOf(answer)).code]).toEqual([503, "note-not-saved"]);
    expect((await errorOf(await post(hello))).message).toContain("the disk is full");
    const read = await get("lon/notes");
    expect([read.status, (await errorOf(read)).message]).toEqual([
      503,
      "The notes can't be read now: the disk does not answer.",
    ]);
  });

  it.each([
    [{ kind: "too-many" }, 409, "too-many-notes"],
    [{ kind: "unknown" }, 404, "unknown-note"],
    [{ kind: "not-yours" }, 403, "may-not-write"],
  ] as const)("tells %j", async (outcome, status, code) => {
    const { post } = served({ notes: book(outcome).notes });
    const answers = [await post(hello), await post("{}", usual, "lon/notes/x/withdraw")];
    for (const answer of answers) {
      expect([answer.status, (await errorOf(answer)).code]).toEqual([status, code]);
    }
  });

  it("is for clusters that are configured, and for POST alone", async () => {
    const { post, get } = served();
    expect((await post(hello, usual, "par/notes")).status).toBe(404);
    expect((await get("par/notes")).status).toBe(404);
    expect((await get("lon/notes?from=yesterday")).status).toBe(400);
    const read = await get("lon/notes/x/withdraw");
    expect([read.status, read.headers.get("allow")]).toEqual([405, "POST"]);
    for (const path of ["lon/runs", "lon/notes/x", "lon/notes/x/y/withdraw", "lon/history"]) {
      expect((await post(hello, usual, path)).status).toBe(405);
    }
  });
});

describe("withdrawing a note", () => {
  it("is done in the name of whoever asks", async () => {
    const { withdrawn, notes } = book();
    await served({ notes }).post("{}", usual, "lon/notes/abc/withdraw");
    expect(withdrawn).toEqual([["lon", "abc", "noc", now]]);
  });
});
