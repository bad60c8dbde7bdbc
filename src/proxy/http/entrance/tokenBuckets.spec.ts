import { describe, expect, it } from "vitest";
import { tokenBuckets } from "./tokenBuckets.ts";

describe("tokenBuckets", () => {
  it("grants what a key holds, says how long the rest takes, and fills again", () => {
    let now = 0;
    const buckets = tokenBuckets({ most: 3, perSecond: 2 }, () => now);
    expect([buckets.take("a"), buckets.take("a", 2), buckets.take("a")]).toEqual([0, 0, 500]);
    expect(buckets.take("b", 3)).toBe(0);
    now = 250;
    expect(buckets.waitMs("a")).toBe(250);
    now = 500;
    expect([buckets.take("a"), buckets.take("a")]).toEqual([0, 500]);
    now = 1e9;
    expect([buckets.take("a", 3), buckets.take("a")]).toEqual([0, 500]);
    buckets.refill("a");
    expect(buckets.take("a", 3)).toBe(0);
  });

  it("forgets the keys used least recently, so that a flood of keys takes no more memory", () => {
    const buckets = tokenBuckets({ most: 1, perSecond: 0.001 }, () => 0);
    buckets.take("first");
    buckets.take("kept");
    for (let index = 0; index < 19_999; index += 1) {
      buckets.take(`key ${index}`);
      if (index === 10_000) {
        expect(buckets.take("kept")).toBeGreaterThan(0);
      }
    }
    expect(buckets.take("kept")).toBeGreaterThan(0);
    expect(buckets.take("first")).toBe(0);
  });
});
