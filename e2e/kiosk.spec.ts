/** The kiosk's supervisor, docs/kiosk/wall.mjs, with a real browser: what a page can't heal itself, it does. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "./fixtures.ts";
import { chosenBrowser } from "./browser.ts";
import { startGateway } from "./gateway.ts";

/** The renderers among a process's descendants. */
function renderersOf(root: number): readonly number[] {
  const parents = new Map<number, number>();
  const renderers: number[] = [];
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const pid = Number(name);
      const [, parent = "0"] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
      parents.set(pid, Number(parent));
      if (readFileSync(`/proc/${name}/cmdline`, "utf8").includes("--type=renderer")) {
        renderers.push(pid);
      }
    } catch {
      // It has just ended.
    }
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === root || isBelow(parents.get(pid)));
  return renderers.filter(isBelow);
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    process.kill(pid, name);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  }
}

test("a display waits for its server, and comes back after a crash and a hang", async ({
  pretend,
  watch,
}, info) => {
  test.skip(process.platform !== "linux", "it looks for processes below /proc");
  test.setTimeout(120_000);
  const cluster = await pretend();
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  const gateway = await startGateway(proxy.url);
  const { executablePath, args, environment } = chosenBrowser();
  await proxy.kill();
  const supervisor = spawn(
    process.execPath,
    ["docs/kiosk/wall.mjs", `${gateway.url}/wall?rotate=20s`, "--headless", ...args],
    {
      env: { ...environment, CHROMIUM_PATH: executablePath, PROFILE: info.outputPath("profile") },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  supervisor.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const count = (text: string): number => said.split(`"event":"${text}"`).length - 1;
  const loads = (): number => gateway.paths.filter((path) => path.startsWith("/wall")).length;
  const isPolled = async (): Promise<void> => {
    const asked = gateway.paths.length;
    await expect
      .poll(() => gateway.paths.slice(asked).join(), { timeout: 30_000 })
      .toContain("/api/clusters");
  };
  try {
    await expect.poll(() => gateway.paths, { timeout: 30_000 }).toContain("/healthz");
    expect(loads()).toBe(0);
    await proxy.restart();
    await expect.poll(loads, { timeout: 30_000 }).toBe(1);
    await isPolled();

    const { pid = 0 } = supervisor;
    signal(renderersOf(pid), "SIGKILL");
    await expect.poll(() => count("tab crashed"), { timeout: 30_000 }).toBeGreaterThan(0);
    await expect.poll(loads, { timeout: 30_000 }).toBe(2);
    await isPolled();

    signal(renderersOf(pid), "SIGSTOP");
    await expect.poll(() => count("browser started"), { timeout: 60_000 }).toBe(2);
    await expect.poll(loads, { timeout: 30_000 }).toBe(3);
    await isPolled();
  } finally {
    await info.attach("what the supervisor said", { body: said });
    await end(supervisor);
    await gateway.stop();
  }
});
