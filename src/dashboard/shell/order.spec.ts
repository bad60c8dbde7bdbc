import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attentions, verdicts } from "../../upgrade/verdictNames.ts";
import { byAttention, countVerdicts } from "./order.ts";
import { summary } from "./summary.fixture.ts";

describe("the order of the fleet", () => {
  it("puts first what asks for something, then what moves", () => {
    const cluster = (
      id: string,
      verdict: (typeof verdicts)[number],
      attention: (typeof attentions)[number],
    ) => summary({ id, name: id, verdict, attention });
    const sorted = byAttention([
      cluster("b-idle", "idle", "none"),
      cluster("a-idle", "idle", "none"),
      cluster("done", "done", "none"),
      cluster("running", "running", "none"),
      cluster("late", "late", "look"),
      cluster("waits", "waiting", "person"),
      cluster("outage", "outage", "act"),
      cluster("failed", "failed", "act"),
    ]);
    expect(sorted.map(({ id }) => id)).toEqual([
      "failed",
      "outage",
      "waits",
      "late",
      "running",
      "done",
      "a-idle",
      "b-idle",
    ]);
  });

  it("goes by the numbers in names, as people count", () => {
    const names = ["lon 10", "lon 9", "lon 100"].map((name) => summary({ name }));
    expect(byAttention(names).map(({ name }) => name)).toEqual(["lon 9", "lon 10", "lon 100"]);
  });

  it("does not depend on the order in which clusters are told", () => {
    const clusters = fc.array(
      fc.record({
        id: fc.string(),
        name: fc.constantFrom("a", "b"),
        verdict: fc.constantFrom(...verdicts),
        attention: fc.constantFrom(...attentions),
      }),
    );
    const key = (list: readonly { verdict: string; attention: string; name: string }[]) =>
      list.map(({ verdict, attention, name }) => `${attention} ${verdict} ${name}`);
    fc.assert(
      fc.property(clusters, (list) => {
        expect(key(byAttention(list))).toEqual(key(byAttention(list.toReversed())));
      }),
    );
  });
});

it("counts verdicts, the most urgent first, and leaves none out", () => {
  const counts = countVerdicts([
    summary(),
    summary({ verdict: "running" }),
    summary(),
    summary({ verdict: "failed" }),
  ]);
  expect(counts.map(({ verdict, count }) => [verdict, count])).toEqual([
    ["failed", 1],
    ["running", 1],
    ["idle", 2],
  ]);
});

it("counts in English", () => {
  const waiting = summary({ verdict: "waiting" });
  expect(countVerdicts([waiting])[0]?.word).toBe("Waits for you");
  expect(countVerdicts([waiting, waiting])[0]?.word).toBe("Wait for you");
});
