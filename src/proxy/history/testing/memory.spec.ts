import { describe, expect, it } from "vitest";
import { openMemoryHistory } from "./memory.fixture.ts";
import { percentSpan, percentsOf } from "./spans.fixture.ts";

const clock = { now: () => 1_000, after: () => () => undefined };

describe("a history in memory", () => {
  it("keeps and reads spans, and says that it is no lasting one", async () => {
    const history = openMemoryHistory(clock, "The disk is gone.");
    const before = (await history.read("a", 0, Infinity, 10)).revision;
    await history.record("a", { kind: "append", spans: [1, 2, 3, 4].map((at) => percentSpan(at)) });
    const { revision, spans } = await history.read("a", 2_950, 3_500, 10);
    expect(percentsOf(spans)).toEqual([2, 3]);
    expect(revision).not.toBe(before);
    await history.record("a", { kind: "stretch", span: { ...percentSpan(4), to: 9_000 } });
    expect((await history.read("a", 0, Infinity, 1)).revision).toBe(revision);
    expect(await history.load("a", 100_000)).toEqual([{ ...percentSpan(4), to: 9_000 }]);
    expect(history.health()).toEqual({
      state: "degraded",
      since: 1_000,
      message: "The disk is gone.",
    });
  });

  it("stays within bounds", async () => {
    const history = openMemoryHistory(clock, "");
    for (let at = 1; at <= 2_500; at += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await history.record("a", { kind: "append", spans: [percentSpan(at)] });
    }
    const spans = await history.load("a", 0);
    expect([spans.length, ...percentsOf(spans.slice(-1))]).toEqual([2_000, 2_500]);
  });
});
