import { describe, expect, it } from "vitest";
import { type Cadence, intervalMs, type PollOutcome, waitMs } from "./cadence.ts";

const cadence: Cadence = { activeMs: 1000, idleMs: 5000, timeoutMs: 5000 };
const failure: Extract<PollOutcome, { kind: "failure" }> = {
  kind: "failure",
  httpStatus: null,
  retryAfterMs: null,
  failures: 1,
  expected: false,
};

describe("how often a cluster is asked", () => {
  it("is faster while something moves, or when the state is not known", () => {
    expect(intervalMs(cadence, "UPGRADE_STATE_IDLE")).toBe(5000);
    expect(intervalMs(cadence, null)).toBe(5000);
    expect(intervalMs(cadence, "UPGRADE_STATE_VERIFYING")).toBe(1000);
  });

  it("stays so after a failure, however many there were", () => {
    expect(waitMs(cadence, { ...failure, failures: 1000 })).toBe(1000);
    expect(waitMs(cadence, { ...failure, httpStatus: 503 })).toBe(1000);
  });

  it("is patient with 401, 403, 404 and 429, up to a minute", () => {
    for (const httpStatus of [401, 403, 404, 429]) {
      const waits = [1, 2, 5, 1000].map((failures) =>
        waitMs(cadence, { ...failure, httpStatus, failures }),
      );
      expect(waits).toEqual([4000, 8000, 60_000, 60_000]);
    }
  });

  it("is not patient where a cluster is away as expected", () => {
    expect(waitMs(cadence, { ...failure, httpStatus: 401, failures: 9, expected: true })).toBe(
      1000,
    );
  });

  it("obeys Retry-After within bounds", () => {
    expect(waitMs(cadence, { ...failure, httpStatus: 429, retryAfterMs: 30_000 })).toBe(30_000);
    expect(waitMs(cadence, { ...failure, httpStatus: 429, retryAfterMs: 0 })).toBe(1000);
    // A gateway that says 503 for a moment must not blind us for minutes.
    expect(waitMs(cadence, { ...failure, httpStatus: 503, retryAfterMs: 300_000 })).toBe(1000);
    expect(waitMs(cadence, { ...failure, httpStatus: 429, retryAfterMs: 9e9 })).toBe(300_000);
  });
});
