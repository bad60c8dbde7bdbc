import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { systemClock } from "../clock.ts";
import { append, historyRig } from "./testing/rig.fixture.ts";
import { idleSpan, percentSpan, percentsOf } from "./testing/spans.fixture.ts";

const forEver = Number.MAX_SAFE_INTEGER;
const cluster = "lon-prod-1";
const rig = historyRig();

describe("the history", () => {
  it("keeps changes and stretches, and gives them back after reopening", async () => {
    const history = await rig.open();
    await history.record(cluster, append(1, 2));
    const longer = { ...percentSpan(3), to: 9_000, polls: 6 };
    await history.record(cluster, append(3));
    void history.record(cluster, { kind: "stretch", span: longer });
    await history.close();
    const again = await rig.open();
    expect(await again.load(cluster, 0)).toEqual([percentSpan(1), percentSpan(2), longer]);
    expect(await again.load(cluster, 1_000_000)).toEqual([longer]);
    await again.record(cluster, append(10));
    expect(percentsOf(await again.load(cluster, 0))).toEqual([1, 2, 3, 10]);
    await again.close();
    expect(rig.problems).toEqual([]);
  });

  it("shows at once what is not on disk yet, and a new revision on every new span only", async () => {
    const history = await rig.open();
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
    const history = await rig.open({ flushEveryMs: 20 });
    await history.record(cluster, append(1));
    const stretched = { ...percentSpan(1), to: 5_000, polls: 5 };
    await history.record(cluster, { kind: "stretch", span: stretched });
    expect(await history.load(cluster, 0)).toEqual([stretched]);
    await history.close();
  });

  it("starts its thread anew when that dies, and loses nothing", async () => {
    const path = join(rig.folder, "dying-worker.js");
    const source = `import { existsSync, writeFileSync } from "node:fs";
      import { parentPort, workerData } from "node:worker_threads";
      import ${JSON.stringify(rig.built.workerUrl.href)};
      parentPort.on("message", ({ content }) => {
        const flag = workerData.folder + "/died";
        if (content.kind === "write" && !existsSync(flag)) {
          writeFileSync(flag, "");
          process.exit(3);
        }
      });`;
    writeFileSync(path, source);
    const recovered: string[] = [];
    const history = await rig.open({
      workerUrl: pathToFileURL(path),
      retryAfterMs: 10,
      reopenAfterMs: 10,
      onRecovery: (message) => recovered.push(message),
    });
    await history.record(cluster, append(1, 2));
    expect(rig.problems[0]).toContain("its thread ended with code 3");
    expect(recovered).toHaveLength(1);
    expect(history.health().state).toBe("ok");
    expect(percentsOf(await history.load(cluster, 0))).toEqual([1, 2]);
    await history.close();
  });

  it("prunes, but never the last day", async () => {
    const now = 10 * 86_400_000;
    const history = await rig.open({ clock: { ...systemClock, now: () => now } });
    await history.record(cluster, {
      kind: "append",
      spans: [idleSpan(1), idleSpan(2), idleSpan(3, now - 5_000), percentSpan(4, now)],
    });
    expect(await history.prune(now, 0)).toBe(2);
    expect(percentsOf(await history.load(cluster, 0))).toEqual([3, 4]);
    expect(history.keptFrom(cluster)).toBe(3);
    expect(history.notices()).toMatchObject([
      {
        code: "history-oversize",
        message: expect.stringMatching(/is 0\.\d MB larger than retention\.size \(0 MB\) allows/),
      },
    ]);
    expect(await history.prune(now, 1e9)).toBe(0);
    expect(history.notices()).toEqual([]);
    await history.close();
  });

  it("lets writes go between the rounds of a long pruning", async () => {
    const now = 10 * 86_400_000;
    const history = await rig.open({ clock: { ...systemClock, now: () => now } });
    const spans = Array.from({ length: 9_000 }, (_, percent) => idleSpan(percent));
    await history.record(cluster, { kind: "append", spans });
    await history.record(cluster, { kind: "append", spans });
    const order: string[] = [];
    const prune = async (): Promise<number> => {
      const deleted = await history.prune(now, 0);
      order.push("pruned");
      return deleted;
    };
    const pruned = prune();
    await history.record(cluster, append(1));
    order.push("recorded");
    expect(await pruned).toBe(17_999);
    expect(order).toEqual(["recorded", "pruned"]);
    await history.close();
  }, 30_000);
});
