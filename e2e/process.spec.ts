/** What the process shows to others on its machine, and what it opens besides its own port. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures.ts";

/** The TCP ports on which a process listens, read from Linux' own tables. */
function portsOf(processId: number): readonly number[] {
  const folder = `/proc/${processId}`;
  const sockets = new Set(
    readdirSync(`${folder}/fd`).map((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/fd/${name}`))?.[1];
      } catch {
        // Closed meanwhile.
        return undefined;
      }
    }),
  );
  const listening = "0A";
  return ["tcp", "tcp6"]
    .flatMap((table) => readFileSync(`${folder}/net/${table}`, "utf8").trim().split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[3] === listening && sockets.has(columns[9]))
    .map((columns) => Number.parseInt(columns[1]?.split(":")[1] ?? "", 16));
}

test("a token from the environment stands in no command line", async ({ pretend, watch }) => {
  const cluster = await pretend();
  const proxy = await watch({
    clusters: [{ id: "one", cluster }],
    through: ([node = "", program = "", , , ...rest], folder) => [
      "env",
      `UPGRADE_WATCH_TOKEN=${cluster.token}`,
      node,
      program,
      `--cluster=one=${cluster.urls.join(",")}`,
      `--fingerprint=${cluster.fingerprint256}`,
      `--data=${join(folder, "data")}`,
      ...rest,
    ],
  });
  const heard = async (): Promise<string> => (await fetch(`${proxy.url}/api/clusters`)).text();
  await expect.poll(heard).toContain('"link":"answering"');
  const { headers } = cluster.requests.find(({ path }) => path.includes("status")) ?? {};
  expect(headers?.authorization).toBe(`Bearer ${cluster.token}`);
  const shown = readFileSync(`/proc/${proxy.processId()}/cmdline`, "latin1");
  expect(shown).toContain("--cluster");
  expect(shown).not.toContain(cluster.token);
});

test("there is no other port than its own, not even when a debugger is asked for", async ({
  pretend,
  watch,
}) => {
  const proxy = await watch({ clusters: [{ id: "one", cluster: await pretend() }] });
  const own = [Number(new URL(proxy.url).port)];
  expect(portsOf(proxy.processId())).toEqual(own);
  process.kill(proxy.processId(), "SIGUSR1");
  // A reload that is asked for later is over later, so the signal before it was taken too.
  proxy.reload();
  await expect.poll(() => proxy.output()).toContain("The configuration was reloaded");
  expect(proxy.output()).not.toContain("Debugger");
  expect(portsOf(proxy.processId())).toEqual(own);
});
