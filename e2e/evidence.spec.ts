/** What is left of an upgrade for those who ask afterwards: files that say what the page says, and notes. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { notesSchema } from "../src/contract/notes.ts";
import { recordingSchema } from "../src/contract/recording.ts";
import { runSchema } from "../src/contract/runs.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, expectAccessible, test } from "./fixtures.ts";

const hostile = '=1+1 | <img src=x onerror=alert(1)> **bold** ```\n# heading "quoted"';
const later = "Traffic was moved by hand.";
const authorization = `Basic ${Buffer.from("noc:open:sesame").toString("base64")}`;

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("User").fill("noc");
  await page.getByLabel("Password").fill("open:sesame");
  await page.getByLabel("Password").press("Enter");
}

test("a run is told by page, Markdown, CSV and JSON alike, with the notes of those who sign in", async ({
  page,
  browser,
  request,
  pretend,
  watch,
  allowConsole,
}) => {
  allowConsole(/Failed to load resource: .*(?:401|403|ERR_CONNECTION_REFUSED)/);
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-evidence-"));
  const passwordFile = join(folder, "noc.password");
  writeFileSync(passwordFile, "open:sesame\n", { mode: 0o600 });
  const cluster = await pretend();
  const proxy = await watch({
    clusters: [{ id: "one", cluster, more: { name: "London", zone: "Europe/Berlin" } }],
    more: { server: { viewers: { users: { noc: { passwordFile } } } } },
  });
  const api = `${proxy.url}/api/clusters/one`;
  const get = async (path: string) => request.get(`${api}/${path}`, { headers: { authorization } });
  const heard = async (state: string) =>
    expect
      .poll(async () => (await (await get("upgrade/status")).json()).status?.state)
      .toBe(`UPGRADE_STATE_${state}`);

  await heard("IDLE");
  const settings = { ...usualSettings, target_version: "7.2.4" };
  await cluster.set({
    state: "UPGRADE_STATE_PREPARING",
    progress: 5,
    settings,
    errorInfo: hostile,
  });
  await heard("PREPARING");

  // During an upgrade, on the cluster's page: a note on now.
  await page.goto(`${proxy.url}/clusters/one`);
  await signIn(page);
  const notes = page.getByRole("region", { name: "Notes" });
  await notes.getByLabel("Note", { exact: true }).fill(hostile);
  await notes.getByRole("button", { name: "Save note" }).press("Enter");
  await expect(notes.getByRole("status")).toHaveText("The note is saved.");
  await expect(notes.getByRole("listitem")).toContainText(hostile);

  // A kill ends the session, and loses no note. What is typed stays until it could be saved, on another page too.
  const text = notes.getByLabel("Note", { exact: true });
  await text.fill(later);
  await proxy.kill();
  await proxy.restart();
  await notes.getByRole("button", { name: "Save note" }).click();
  await expect(notes.getByRole("alert").filter({ hasText: "Sign in" }).first()).toBeVisible();
  await expect(text).toHaveValue(later);
  await cluster.set({ state: "UPGRADE_STATE_COMMITTING", progress: 0, errorInfo: null });
  await heard("COMMITTING");
  await cluster.set({ state: "UPGRADE_STATE_IDLE", settings: null, version: "7.2.4" });
  await heard("IDLE");
  await expect.poll(async () => (await get("runs/latest")).status()).toBe(200);
  const { id } = runSchema.parse(await (await get("runs/latest")).json());
  await page.goto(`${proxy.url}/clusters/one/runs/${id}`);
  await signIn(page);
  await expect(text).toHaveValue(later);
  await notes.getByRole("button", { name: "Save note" }).click();
  await expect(notes.getByRole("listitem")).toContainText([hostile, later]);
  await expect(text).toHaveValue("");
  await expectAccessible(page);

  // Each file by one click; all with the figures of the page's own answer.
  const download = async (name: string): Promise<string> => {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^upgrade-watch-one-${id}\\.[a-z]+$`));
    return readFileSync(await file.path(), "utf8");
  };
  const json = await download("JSON");
  const markdown = await download("Markdown");
  const csv = await download("CSV");
  const run = runSchema.parse(await (await get(`runs/${id}`)).json());
  const { sha256, record } = recordingSchema.parse(JSON.parse(json));
  expect(
    createHash("sha256")
      .update(json.split("\n")[1] ?? "")
      .digest("hex"),
  ).toBe(sha256);
  expect(record.run).toMatchObject({ states: run.states, sampling: run.sampling, id });
  expect(record.notes).toEqual(run.notes);
  expect(run.notes?.map((note) => [note.author, note.text])).toEqual([
    ["noc", hostile],
    ["noc", later],
  ]);
  const rows = page.getByRole("region", { name: "States", exact: true }).getByRole("row");
  await expect(rows).toHaveCount(run.states.length + 1);
  for (const { state, from, inferred, measuredMs } of run.states) {
    const utc = new Date(from).toISOString().slice(0, -1).replace("T", " ");
    expect(markdown).toContain(utc);
    expect(csv).toContain(utc);
    expect(csv).toContain(inferred ? ",inferred," : `,${measuredMs},`);
    const word = state.replace("UPGRADE_STATE_", "").toLowerCase();
    await expect(rows.filter({ hasText: new RegExp(word, "i") })).toHaveCount(1);
    expect(markdown.toLowerCase()).toContain(`| ${word} | ${inferred ? "inferred" : "measured"}`);
  }
  const sampled = page.getByRole("region", { name: "What this rests on" });
  await expect(sampled).toContainText(`${run.sampling.polls} polls`);
  expect(markdown).toContain(`| Polls | ${run.sampling.polls} |`);
  expect(csv).toContain(`sampling,Polls,${run.sampling.polls},`);
  expect(csv).toContain(
    `"'=1+1 | <img src=x onerror=alert(1)> **bold** \`\`\`\n# heading ""quoted"""`,
  );
  expect(markdown).toContain(`\`\`\`\`text\n${hostile}\n\`\`\`\``);
  for (const told of [markdown, csv]) {
    expect(told).toContain(sha256);
    expect(told).toContain(later);
  }

  // On paper: the notes and the hash, without the form.
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(sha256)).toBeVisible();
  await expect(notes.getByText(later)).toBeVisible();
  await expect(notes.getByRole("button", { name: "Save note" })).toBeHidden();
  await page.emulateMedia({ media: "screen" });

  // Nobody else writes: no stranger, no page of another site, no display.
  const post = async (headers: Record<string, string>) =>
    (
      await request.post(`${api}/notes`, {
        data: { text: "not to be kept" },
        headers: { "x-upgrade-watch": "1", ...headers },
      })
    ).status();
  expect(await post({})).toBe(401);
  expect(await post({ authorization, origin: "https://evil.example" })).toBe(403);
  expect(await post({ authorization, "sec-fetch-site": "cross-site" })).toBe(403);
  const program = ["dist/server/upgrade-watch.js", "pass", "create", "NOC left"];
  const printed = await promisify(execFile)(process.execPath, [
    ...program,
    "--data",
    join(proxy.folder, "data"),
  ]);
  const secret = /\/pass\/([\w-]{43})/.exec(printed.stdout)?.[1] ?? "";
  const display = await browser.newContext();
  const wall = await display.newPage();
  await wall.goto(`${proxy.url}/pass/${secret}`);
  await wall.goto(`${proxy.url}/clusters/one/runs/${id}`);
  const shown = wall.getByRole("region", { name: "Notes" });
  await expect(shown).toContainText("A display's pass lets it look, not write.");
  const refused = await wall.evaluate(async () => {
    const headers = { "content-type": "application/json", "x-upgrade-watch": "1" };
    const body = JSON.stringify({ text: "not to be kept" });
    return (await fetch("api/clusters/one/notes", { method: "POST", headers, body })).status;
  });
  expect(refused).toBe(403);
  await display.close();

  // Its author withdraws a note: it stays, marked.
  const withdraw = notes.getByRole("listitem").filter({ hasText: later }).getByRole("button");
  await withdraw.click();
  await withdraw.click();
  await expect(notes.getByText("Withdrawn by noc")).toBeVisible();
  const kept = notesSchema.parse(await (await get("notes")).json());
  expect(kept.notes.map((note) => [note.text, note.withdrawn?.by ?? null])).toEqual([
    [hostile, null],
    [later, "noc"],
  ]);
  rmSync(folder, { recursive: true, force: true });
});
