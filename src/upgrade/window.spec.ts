import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minute, start } from "./testing/story.ts";
import { type WindowOutlook, windowOutlook, type WindowQuestion } from "./window.ts";

const nothing: WindowQuestion = {
  state: "UPGRADE_STATE_PREPARING",
  eta: null,
  etaWhole: null,
  afterCommit: null,
};
const prepared = { ...nothing, state: "UPGRADE_STATE_PREPARED" };
const after = { earliestMs: 5 * minute, likelyMs: 10 * minute, latestMs: 20 * minute };
const ends = (...minutes: readonly [number, number, number]) => ({
  earliest: start + minutes[0] * minute,
  likely: start + minutes[1] * minute,
  latest: start + minutes[2] * minute,
});
const until = (minutes: number, question: WindowQuestion): WindowOutlook | null =>
  windowOutlook(start + minutes * minute, question, start);

describe("the change window", () => {
  const whole = { ...nothing, etaWhole: ends(20, 30, 45) };

  it.each([
    [60, "fits", "Fits: over 15 min before the window ends, at the latest."],
    [45, "fits", "Fits: over less than a minute before the window ends, at the latest."],
    [33, "at-risk", "At risk: it may end up to 12 min after the window."],
    [10, "overruns", "Will overrun by about 20 min, by 10 min at least."],
  ])("of %i minutes: %s", (minutes, fit, words) => {
    expect(until(minutes, whole)).toMatchObject({ fit, words, commitBy: null });
  });

  it("is over when it is over, whatever is forecast", () => {
    expect(until(-1, whole)?.fit).toBe("over");
  });

  it("claims nothing without a forecast of the whole", () => {
    expect(until(60, nothing)?.words).toBe("No forecast yet, so nobody can say.");
    expect(until(60, { ...nothing, eta: ends(1, 2, 3) })?.fit).toBe("unknown");
    expect(until(60, prepared)).toMatchObject({ fit: "unknown", commitBy: null });
  });

  it("tells the last moment to commit while prepared", () => {
    const waiting = { ...prepared, afterCommit: after };
    expect(until(60, waiting)).toMatchObject({ fit: "fits", commitBy: start + 40 * minute });
    expect(until(12, waiting)?.words).toBe(
      "At risk if committed now: it may end up to 8 min after the window.",
    );
    expect(until(2, waiting)?.words).toBe(
      "Will overrun by about 8 min if committed now, by 3 min at least.",
    );
  });

  it("reckons with a commit at once while it prepares", () => {
    const manual = { ...nothing, eta: ends(10, 12, 15), afterCommit: after };
    expect(until(60, manual)).toMatchObject({
      words: "Fits if committed at once: over 25 min before the window ends, at the latest.",
      commitBy: start + 40 * minute,
    });
  });

  it("is no matter without a window, or without an upgrade", () => {
    expect(windowOutlook(null, whole, start)).toBeNull();
    expect(until(60, { ...whole, state: "UPGRADE_STATE_IDLE" })).toBeNull();
    expect(until(60, { ...whole, state: null })).toBeNull();
  });

  it("fits only where the latest does, and a commit at the last moment fits", () => {
    const ms = fc.integer({ min: 0, max: 600 * minute });
    fc.assert(
      fc.property(ms, ms, ms, ms, (one, two, three, windowMs) => {
        const [earliestMs = 0, likelyMs = 0, latestMs = 0] = [one, two, three].toSorted(
          (left, right) => left - right,
        );
        const waiting = { ...prepared, afterCommit: { earliestMs, likelyMs, latestMs } };
        const end = start + windowMs;
        const outlook = windowOutlook(end, waiting, start);
        expect(outlook?.fit === "fits").toBe(start + latestMs <= end);
        const last = outlook?.commitBy ?? start;
        expect(windowOutlook(end, waiting, last)?.fit).toBe("fits");
      }),
    );
  });
});
