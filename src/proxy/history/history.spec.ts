import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { HistoryInUseError, HistoryUnavailableError, openHistory } from "./history.ts";
import type { History, HistoryOptions } from "./history.ts";
import { buildHistory } from "./testing/build.fixture.ts";
import type { BuiltHistory } from "./testing/build.fixture.ts";
import { percentSpan, percentsOf } from "./testing/spans.fixture.ts";

const forEver = Number.MAX_SAFE_INTEGER;
const cluster = "lon-prod-1";
let built: BuiltHistory;
let folder = "";
let problems: string[] = [];

beforeAll(async () => {
  built = await buildHistory();
}, 60_000);
afterAll(() => built.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
  problems = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (more: Partial<HistoryOptions> = {}): Promise<History> =>
  openHistory({
    folder,
    workerUrl: built.workerUrl,
    clock: systemClock,
    onProblem: (message) => problems.push(message),
    ...more,
  });
const append = (...percents: number[]) => ({
  kind: "append" as const,
  spans: percents.map((percent) => percentSpan(percent)),
});

/** Starts the recorder, below a limit on the size of files if one is given, and notes what it says. */
function startRecorder(first: number, bytes = 0, limitKiB: number | "unlimited" = "unlimited") {
  const program = [process.execPath, built.recorderPath, folder, String(first), String(bytes)];
  const limited = ["-c", `ulimit -S -f ${limitKiB}; exec "$@"`, "bash", ...program];
  const child = spawn("bash", limited, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const kept: number[] = [];
  lines.on("line", (line) => {
    if (line.startsWith("kept ")) {
      kept.push(Number(line.slice(5)));
    }
  });
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((resolve) => {
      lines.on("line", (line) => {
        if (pattern.test(line)) {
          resolve(line);
        }
      });
    });
  const kill = async (): Promise<void> => {
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await closed;
  };
  return { pid: child.pid, kept, says, kill };
}

describe("the history", () => {
  it("keeps changes and stretches, and gives them back after reopening", async () => {
    const history = await open();
    await history.record(cluster, append(1, 2));
    const longer = { ...percentSpan(3), to: 9_000, polls: 6 };
    await history.record(cluster, append(3));
    void history.record(cluster, { kind: "stretch", span: longer });
    await history.close();
    const again = await open();
    expect(await again.load(cluster, 0)).toEqual([percentSpan(1), percentSpan(2), longer]);
    expect(await again.load(cluster, 1_000_000)).toEqual([longer]);
    await again.record(cluster, append(10));
    expect(percentsOf(await again.load(cluster, 0))).toEqual([1, 2, 3, 10]);
    await again.close();
    expect(problems).toEqual([]);
  });

  it("shows at once what is not on disk yet, and a new revision on every new span only", async () => {
    const history = await open();
    const empty = await history.read(cluster, 0, forEver, 10);
    const saving = history.record(cluster, append(1));
    const first = await history.read(cluster, 0, forEver, 10);
    await saving;
    const stretched = { ...percentSpan(1), to: 5_000, polls: 5 };
    void history.record(cluster, { kind: "stretch", span: stretched });
    const second = await history.read(cluster, 0, forEver, 10);
    expect(empty.spans).toEqual([]);
    expect(first.spans).toEqual([percentSpan(1)]);
    expect(second.spans).toEqual([stretched]);
    expect(first.revision).not.toBe(empty.revision);
    expect(second.revision).toBe(first.revision);
    await history.close();
  });

  it("saves stretches within the flush interval", async () => {
    const history = await open({ flushEveryMs: 20 });
    await history.record(cluster, append(1));
    const stretched = { ...percentSpan(1), to: 5_000, polls: 5 };
    await history.record(cluster, { kind: "stretch", span: stretched });
    expect(await history.load(cluster, 0)).toEqual([stretched]);
    await history.close();
  });

  it("starts its thread anew when that dies, and loses nothing", async () => {
    const path = join(folder, "dying-worker.js");
    const source = `import { existsSync, writeFileSync } from "node:fs";
      import { parentPort, workerData } from "node:worker_threads";
      import ${JSON.stringify(built.workerUrl.href)};
      parentPort.on("message", ({ content }) => {
        const flag = workerData.folder + "/died";
        if (content.kind === "write" && !existsSync(flag)) {
          writeFileSync(flag, "");
          process.exit(3);
        }
      });`;
    writeFileSync(path, source);
    const recovered: string[] = [];
    const history = await open({
      workerUrl: pathToFileURL(path),
      retryAfterMs: 10,
      onRecovery: (message) => recovered.push(message),
    });
    await history.record(cluster, append(1, 2));
    expect(problems[0]).toContain("its thread ended with code 3");
    expect(recovered).toHaveLength(1);
    expect(history.health().state).toBe("ok");
    expect(percentsOf(await history.load(cluster, 0))).toEqual([1, 2]);
    await history.close();
  });

  it("prunes, but never the last day", async () => {
    const now = 10 * 86_400_000;
    const history = await open({ clock: { ...systemClock, now: () => now } });
    await history.record(cluster, {
      kind: "append",
      spans: [percentSpan(1), percentSpan(2), percentSpan(3, now - 5_000), percentSpan(4, now)],
    });
    expect(await history.prune(now, 0)).toBe(2);
    expect(percentsOf(await history.load(cluster, 0))).toEqual([3, 4]);
    await history.close();
  });

  it("refuses a folder that another process has, until that one is gone, however it went", async () => {
    const recorder = startRecorder(0);
    await recorder.says(/^kept/);
    await expect(open()).rejects.toThrow(HistoryInUseError);
    await expect(open()).rejects.toThrow(`is in use by process ${recorder.pid}`);
    await recorder.kill();
    await (await open()).close();
  });

  it("says where and why it cannot be opened", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const opening = open({ folder: file });
    await expect(opening).rejects.toThrow(HistoryUnavailableError);
    await expect(opening).rejects.toThrow(`The history in ${file} cannot be opened: `);
  });

  it("loses nothing that it acknowledged when it is killed, round after round", async () => {
    const acknowledged: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      // oxlint-disable no-await-in-loop
      const recorder = startRecorder(round * 100_000);
      await recorder.says(new RegExp(`^kept ${round * 100_000 + 7 * (round + 1)}$`));
      await recorder.kill();
      acknowledged.push(...recorder.kept);
      const history = await open();
      const stored = percentsOf(await history.load(cluster, 0));
      await history.close();
      // oxlint-enable no-await-in-loop
      // One more may have reached the disk than the child lived to tell.
      expect(stored).toEqual(expect.arrayContaining(acknowledged));
      expect(stored.length - acknowledged.length).toBeLessThanOrEqual(round + 1);
    }
    expect(problems).toEqual([]);
  }, 60_000);

  it.runIf(process.platform === "linux")(
    "says so when the disk is full, and goes on by itself when there is room",
    async () => {
      const recorder = startRecorder(0, 5_000, 200);
      expect(await recorder.says(/^problem/)).toMatch(/is not being saved: the disk/);
      const before = recorder.kept.length;
      expect(before).toBeGreaterThan(0);
      const recovered = recorder.says(/^recovery/);
      const more = recorder.says(new RegExp(`^kept ${before + 20}$`));
      spawnSync("prlimit", ["--pid", String(recorder.pid), "--fsize=unlimited"]);
      expect(await recovered).toMatch(/is being saved again/);
      await more;
      await recorder.kill();
      const history = await open();
      const stored = percentsOf(await history.load(cluster, 0));
      expect(stored.slice(0, before + 20)).toEqual([...recorder.kept.keys()].slice(0, before + 20));
      await history.close();
    },
    30_000,
  );
});
