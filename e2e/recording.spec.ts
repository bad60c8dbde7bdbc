/** A recorded upgrade, exported by one site and played to another: how a problem is reported. */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { spanSchema } from "../src/contract/spans.ts";
import { runSchema } from "../src/contract/runs.ts";
import { runSimulator } from "../src/simulator/program.ts";
import { hour, minute, Story } from "../src/upgrade/testing/story.ts";
import { runProgram } from "./program.ts";
import { expect, test } from "./fixtures.ts";

/** An upgrade of which an hour is over, as `upgrade-watch export` writes it. */
function historyFile(cluster: string): string {
  const story = new Story();
  story.now = Date.now() - hour;
  story.heard("idle", minute).heard("preparing", 3 * minute, [0, 60]);
  story.error = "no space left on node 3";
  story.heard("preparing", 3 * minute, [60, 99]);
  story.error = null;
  story.heard("committing", 3 * minute).silent(3 * minute);
  story.version = "7.2.3";
  story.heard("idle", minute);
  const head = { format: "upgrade-watch-history", version: 1, release: "0.1.0" };
  const lines = [
    { ...head, madeAt: new Date().toISOString() },
    ...story.spans.map((span) => ({ cluster, span: z.encode(spanSchema, span) })),
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `${text}${JSON.stringify({ spans: story.spans.length, notes: 0, sha256 })}\n`;
}

test("an upgrade that one proxy kept is played by the simulator, and another one hears the same", async ({
  pretend,
  watch,
  request,
}) => {
  test.slow();
  const cluster = await pretend({ situation: { version: "7.2.3" } });
  const first = await watch({ clusters: [{ id: "lon", cluster }] });
  await first.stop();
  writeFileSync(join(first.folder, "history.ndjson"), historyFile("lon"));
  const imported = await runProgram([
    "import",
    join(first.folder, "history.ndjson"),
    "--config",
    join(first.folder, "upgrade-watch.yaml"),
  ]);
  expect(imported).toMatchObject({ code: 0, error: "" });
  await first.restart();
  const latest = async (url: string, id: string, ending = "") =>
    await request.get(`${url}/api/clusters/${id}/runs/latest${ending}`);
  await expect.poll(async () => (await latest(first.url, "lon")).status()).toBe(200);
  const file = join(first.folder, "run.json");
  writeFileSync(file, await (await latest(first.url, "lon", ".json")).body());

  let printed = "";
  const playing = await runSimulator(["--recording", file, "--speed", "100", "--port", "0"], {
    print: (text) => void (printed += text),
    complain: (text) => void (printed += text),
  });
  if (playing.kind !== "running") {
    throw new Error(printed);
  }
  try {
    const second = await watch({ clusters: [{ id: "played", cluster: playing.cluster }] });
    const told = async (url: string, id: string) => {
      const response = await latest(url, id);
      const run = response.ok() ? runSchema.parse(await response.json()) : null;
      return (
        run && {
          states: run.states.map(({ state }) => state),
          outcome: run.outcome.kind,
          versions: [run.fromVersion, run.targetVersion],
          settings: run.settings,
          absences: run.absences.map(({ kind, state, failure }) => [kind, state, failure?.kind]),
          errors: run.errors.map(({ text }) => text),
        }
      );
    };
    const original = await told(first.url, "lon");
    expect(original).toMatchObject({
      outcome: "proven",
      absences: [["away", "UPGRADE_STATE_COMMITTING", "refused"]],
      errors: ["no space left on node 3"],
    });
    await expect.poll(() => told(second.url, "played"), { timeout: 60_000 }).toEqual(original);
  } finally {
    await playing.cluster.stop();
  }
});
