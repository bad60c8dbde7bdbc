import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refetchIntervalMs } from "./interval.ts";

const calm = { failed: false, timedOut: false, answeredAtMs: 10_000, failedAtMs: 0 };

describe("the wait until the next question", () => {
  it("waits as long as the server asks after a refusal, but never goes blind", () => {
    const refused = { ...calm, failed: true, failedAtMs: 10_000, nextPollInMs: 10 };
    expect(refetchIntervalMs({ ...refused, retryAfterMs: 3000 })).toBe(3000);
    expect(refetchIntervalMs({ ...refused, retryAfterMs: 60_000 })).toBe(5000);
    expect(refetchIntervalMs({ ...refused, failed: false, retryAfterMs: 3000 })).toBe(100);
  });

  it.each([
    [600, 630],
    [0, 100],
    [3_600_000, 1000],
  ])("with the proxy's next answer due in %d ms is %d ms", (nextPollInMs, waitMs) => {
    expect(refetchIntervalMs({ ...calm, nextPollInMs })).toBe(waitMs);
  });

  it.each([
    [10_200, 1000],
    [13_000, 3000],
    [999_000, 5000],
  ])("after a failure at %d ms grows with the silence to %d ms", (failedAtMs, waitMs) => {
    const polled = { ...calm, failed: true, failedAtMs, nextPollInMs: 10 };
    expect(refetchIntervalMs(polled)).toBe(waitMs);
  });

  it("is a second after a question that itself waited in vain, however long the silence", () => {
    const polled = { ...calm, failed: true, timedOut: true, failedAtMs: 999_000, nextPollInMs: 10 };
    expect(refetchIntervalMs(polled)).toBe(1000);
  });

  it("is a second while nothing was ever answered", () => {
    const polled = {
      failed: true,
      timedOut: false,
      answeredAtMs: null,
      failedAtMs: 50_000,
      nextPollInMs: undefined,
    };
    expect(refetchIntervalMs(polled)).toBe(1000);
  });

  it("is a finite time between 0.1 and 5 s, whatever clocks and servers say", () => {
    fc.assert(
      fc.property(
        fc.record({
          failed: fc.boolean(),
          timedOut: fc.boolean(),
          answeredAtMs: fc.option(fc.integer()),
          failedAtMs: fc.integer(),
          nextPollInMs: fc.option(fc.integer(), { nil: undefined }),
        }),
        (polled) => {
          const waitMs = refetchIntervalMs(polled);
          expect(waitMs).toBeGreaterThanOrEqual(100);
          expect(waitMs).toBeLessThanOrEqual(5000);
        },
      ),
    );
  });
});
