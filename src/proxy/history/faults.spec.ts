import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { HistoryInUseError } from "./history.ts";
import { append, historyRig } from "./testing/rig.fixture.ts";
import { percentSpan, percentsOf } from "./testing/spans.fixture.ts";

const forEver = Number.MAX_SAFE_INTEGER;
const cluster = "lon-prod-1";
const rig = historyRig();

const holeOf = (from: number, to: number) => ({
  kind: "unobserved",
  from,
  to,
  polls: 0,
  node: null,
});

/** A promise, and what fulfils it. */
function signal() {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give: () => give(), given };
}

/** Starts the recorder, below a limit on the size of files if one is given, and notes what it says. */
function startRecorder(first: number, bytes = 0, limitKiB: number | "unlimited" = "unlimited") {
  const program = [
    process.execPath,
    rig.built.recorderPath,
    rig.folder,
    String(first),
    String(bytes),
  ];
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

describe("the history under faults", () => {
  it("refuses a folder that another process has, until that one is gone, however it went", async () => {
    const recorder = startRecorder(0);
    await recorder.says(/^kept/);
    await expect(rig.open()).rejects.toThrow(HistoryInUseError);
    await expect(rig.open()).rejects.toThrow(`is in use by process ${recorder.pid}`);
    await recorder.kill();
    await (await rig.open()).close();
  });

  it("goes on in memory where it can't be opened, opens it later by itself, and tells the hole", async () => {
    await (await rig.open()).close();
    const data = join(rig.folder, "data");
    const first = await rig.open({ folder: data });
    await first.record(cluster, append(1, 2));
    await first.close();
    renameSync(data, join(rig.folder, "kept"));
    writeFileSync(data, "in the way");
    const recovery = signal();
    const history = await rig.open({ folder: data, reopenAfterMs: 50, onRecovery: recovery.give });
    expect(history.notices()).toMatchObject([{ code: "history-degraded" }]);
    expect(rig.problems[0]).toMatch(
      /can't be opened: there is a file .* Not saved since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\./,
    );
    expect(await history.load(cluster, 0)).toEqual([]);
    const saved = history.record(cluster, append(5, 6));
    rmSync(data);
    renameSync(join(rig.folder, "kept"), data);
    await saved;
    await recovery.given;
    const hole = { ...holeOf(2_900, 5_000), started: true };
    const expected = [percentSpan(1), percentSpan(2), hole, percentSpan(5), percentSpan(6)];
    expect((await history.read(cluster, 0, forEver, 10)).spans).toEqual(expected);
    expect(history.notices()).toEqual([]);
    await history.close();
    const again = await rig.open({ folder: data });
    expect(await again.load(cluster, 0)).toEqual(expected);
    await again.close();
  });

  it("begins anew, with what memory holds, when its folder is removed while it runs", async () => {
    const data = join(rig.folder, "data");
    const before = await rig.open({ folder: data });
    await before.record(cluster, append(1));
    await before.close();
    const history = await rig.open({ folder: data, retryAfterMs: 10, reopenAfterMs: 10 });
    await history.load(cluster, 0);
    await history.record(cluster, append(2, 3));
    rmSync(data, { recursive: true });
    await history.record(cluster, append(4));
    expect(percentsOf((await history.read(cluster, 0, forEver, 10)).spans)).toEqual([1, 2, 3, 4]);
    expect(rig.problems[0]).toContain("is not being saved: its files were removed.");
    expect(history.notices()).toMatchObject([{ code: "history-removed" }]);
    expect(history.notices()[0]?.message).toContain("begun anew with 4 records");
    await history.close();
    const again = await rig.open({ folder: data });
    expect(percentsOf(await again.load(cluster, 0))).toEqual([1, 2, 3, 4]);
    await again.close();
  });

  it("notices while it runs that its file was damaged, and salvages it", async () => {
    // More than SQLite keeps in its own memory.
    const percents = [...Array(8_000).keys()];
    const history = await rig.open();
    await history.record(cluster, append(...percents));
    await history.close();
    const salvaged = signal();
    const again = await rig.open({
      retryAfterMs: 10,
      onProblem: (message) => {
        if (message.includes("was damaged")) {
          salvaged.give();
        }
      },
    });
    const path = join(rig.folder, "history.sqlite");
    const descriptor = openSync(path, "r+");
    const [from, bytes] = [4_096 * 3, Math.floor(statSync(path).size / 2)];
    writeSync(descriptor, Buffer.alloc(bytes, 0xee), 0, bytes, from);
    closeSync(descriptor);
    await expect(again.load(cluster, 0)).rejects.toThrow("the file is damaged");
    await salvaged.given;
    const [notice] = again.notices().filter(({ code }) => code === "history-damaged");
    const setAside = /the damaged file is now (.*)\.$/.exec(notice?.message ?? "")?.[1] ?? "";
    expect(statSync(setAside).size).toBeGreaterThan(bytes);
    await again.record(cluster, append(8_000));
    const kept = percentsOf((await again.read(cluster, 0, forEver, 10_000)).spans);
    expect(kept.length).toBeGreaterThan(2_000);
    expect(kept.at(-1)).toBe(8_000);
    expect(again.health().state).toBe("ok");
    await again.close();
  }, 60_000);

  it("tells the time of records that can't be read as not observed, and counts them", async () => {
    const history = await rig.open();
    await history.record(cluster, append(1, 2, 3, 4));
    await history.close();
    const path = join(rig.folder, "history.sqlite");
    const bytes = readFileSync(path);
    bytes.write('"progress":7', bytes.indexOf('"progress":2'));
    writeFileSync(path, bytes);
    const again = await rig.open();
    const hole = holeOf(1_900, 3_000);
    expect(await again.load(cluster, 0)).toEqual([
      percentSpan(1),
      hole,
      percentSpan(3),
      percentSpan(4),
    ]);
    expect(again.notices()).toMatchObject([{ code: "history-incomplete" }]);
    expect(rig.problems).toEqual([again.notices()[0]?.message]);
    await again.close();
  });

  it("loses nothing that it acknowledged when it is killed, round after round", async () => {
    const acknowledged: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      // oxlint-disable no-await-in-loop
      const recorder = startRecorder(round * 100_000);
      await recorder.says(new RegExp(`^kept ${round * 100_000 + 7 * (round + 1)}$`));
      await recorder.kill();
      acknowledged.push(...recorder.kept);
      const history = await rig.open();
      const stored = percentsOf(await history.load(cluster, 0));
      await history.close();
      // oxlint-enable no-await-in-loop
      // One more may have reached the disk than the child lived to tell.
      expect(stored).toEqual(expect.arrayContaining(acknowledged));
      expect(stored.length - acknowledged.length).toBeLessThanOrEqual(round + 1);
    }
    expect(rig.problems).toEqual([]);
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
      const history = await rig.open();
      const stored = percentsOf(await history.load(cluster, 0));
      expect(stored.slice(0, before + 20)).toEqual([...recorder.kept.keys()].slice(0, before + 20));
      await history.close();
    },
    30_000,
  );
});
