import { describe, expect, it } from "vitest";
import { withHoles } from "./holes.ts";
import { Places } from "./places.ts";
import { append } from "./testing/rig.fixture.ts";
import { percentSpan } from "./testing/spans.fixture.ts";

const stretch = (percent: number) => ({ kind: "stretch" as const, span: percentSpan(percent) });
const places = (records: readonly { readonly sequence: number }[]) =>
  records.map(({ sequence }) => sequence);

describe("the places in a history", () => {
  it("count on for what is appended, and stay for a stretch", () => {
    const given = new Places(10);
    expect(places(given.enter("a", append(1, 2)))).toEqual([1, 2]);
    expect(places(given.enter("a", stretch(2)))).toEqual([2]);
    expect(places(given.enter("b", stretch(1)))).toEqual([1]);
    expect(given.newest("a")).toBe(2);
  });

  it("come after those on disk, with the time between, where it was opened late", () => {
    const given = new Places(10);
    given.enter("a", append(5, 6));
    expect(given.follow("a", { sequence: 40, to: 2_900 })).toEqual({
      shift: 41,
      hole: {
        cluster: "a",
        sequence: 41,
        span: { kind: "unobserved", from: 2_900, to: 5_000, polls: 0, node: null, started: true },
      },
    });
    expect(given.newest("a")).toBe(43);
    expect(places(given.missing(new Map()).get("a") ?? [])).toEqual([42, 43]);
  });

  it("have no time between where the clock before was ahead, and none where nothing was heard", () => {
    const given = new Places(10);
    given.enter("a", append(5));
    expect(given.follow("a", { sequence: 40, to: 9_000 })).toEqual({ shift: 40, hole: null });
    expect(given.follow("b", { sequence: 7, to: 9_000 })).toEqual({ shift: 7, hole: null });
    expect(places(given.enter("b", append(1)))).toEqual([8]);
  });

  it("are remembered with their spans, the newest of each cluster, for a disk that has lost them", () => {
    const given = new Places(3);
    given.enter("a", append(1, 2, 3, 4, 5));
    expect(given.missing(new Map([["a", { sequence: 4, to: 0 }]])).get("a")).toEqual([
      { cluster: "a", sequence: 5, span: percentSpan(5) },
    ]);
    expect(places(given.missing(new Map()).get("a") ?? [])).toEqual([3, 4, 5]);
    expect(given.missing(new Map([["a", { sequence: 5, to: 0 }]])).size).toBe(0);
  });
});

describe("a hole between places", () => {
  const hole = (from: number, to: number) => ({
    kind: "unobserved",
    from,
    to,
    polls: 0,
    node: null,
  });

  it("reads as not observed", () => {
    const spans = new Map([1, 2, 5, 6].map((at) => [at, percentSpan(at)]));
    expect(withHoles(spans)).toEqual([
      percentSpan(1),
      percentSpan(2),
      hole(2_900, 5_000),
      percentSpan(5),
      percentSpan(6),
    ]);
  });

  it("is none at the beginning, nor where places follow each other", () => {
    const spans = new Map([8, 7].map((at) => [at, percentSpan(at * 10)]));
    expect(withHoles(spans)).toEqual([percentSpan(70), percentSpan(80)]);
  });
});
