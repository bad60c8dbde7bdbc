import fc from "fast-check";
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

/** The wait that chance has no part in. */
const waitOf = (change: Partial<typeof failure>): number =>
  waitMs(cadence, { ...failure, ...change }, 0);

describe("how often a cluster is asked", () => {
  it("is faster while something moves, or when the state is not known", () => {
    expect(intervalMs(cadence, "UPGRADE_STATE_IDLE")).toBe(5000);
    expect(intervalMs(cadence, null)).toBe(5000);
    expect(intervalMs(cadence, "UPGRADE_STATE_VERIFYING")).toBe(1000);
  });

  it("is faster after the first answer of an outage, for the second one ends it", () => {
    const answer = { kind: "status", state: "UPGRADE_STATE_IDLE" } as const;
    expect(waitMs(cadence, { ...answer, unsteady: true }, 0.5)).toBe(1000);
    expect(waitMs(cadence, { ...answer, unsteady: false }, 0.5)).toBe(5000);
  });

  it("stays so after a failure, however many there were", () => {
    expect(waitOf({ failures: 1000 })).toBe(1000);
    expect(waitOf({ httpStatus: 503 })).toBe(1000);
  });

  it("is patient with 401, 403, 404 and 429, up to a minute", () => {
    for (const httpStatus of [401, 403, 404, 429]) {
      const waits = [1, 2, 5, 1000].map((failures) => waitOf({ httpStatus, failures }));
      expect(waits).toEqual([4000, 8000, 60_000, 60_000]);
    }
  });

  it("is not patient where a cluster is away as expected", () => {
    const away = { httpStatus: 401, failures: 9, expected: true };
    expect(waitOf(away)).toBe(1000);
    expect(waitOf({ ...away, retryAfterMs: 60_000 })).toBe(1000);
  });

  it("obeys the Retry-After of a 429, for up to five minutes", () => {
    expect(waitOf({ httpStatus: 429, retryAfterMs: 30_000 })).toBe(30_000);
    expect(waitOf({ httpStatus: 429, retryAfterMs: 0 })).toBe(1000);
    expect(waitOf({ httpStatus: 429, retryAfterMs: 9e9 })).toBe(300_000);
  });

  it("obeys the Retry-After of a 503 for up to four seconds: a gateway must not blind us", () => {
    expect(waitOf({ httpStatus: 503, retryAfterMs: 3000 })).toBe(3000);
    expect(waitOf({ httpStatus: 503, retryAfterMs: 300_000 })).toBe(4000);
  });

  it("differs by chance after a failure, and stays within what is promised", () => {
    fc.assert(
      fc.property(
        fc.record({
          httpStatus: fc.constantFrom(null, 401, 403, 404, 429, 500, 502, 503),
          retryAfterMs: fc.option(fc.integer({ min: 0, max: 86_400_000 })),
          failures: fc.integer({ min: 1, max: 10_000 }),
          expected: fc.boolean(),
        }),
        fc.integer({ min: 1000, max: 3_600_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (change, activeMs, chance) => {
          const waits = [0, chance, 1].map((share) =>
            waitMs({ ...cadence, activeMs }, { ...failure, ...change }, share),
          );
          const isPatient =
            [401, 403, 404, 429].includes(change.httpStatus ?? 0) && !change.expected;
          const asked = isPatient ? change.retryAfterMs : null;
          for (const ms of waits) {
            expect(ms).toBeGreaterThanOrEqual(0.8 * activeMs);
            expect(ms).toBeGreaterThanOrEqual(Math.min(asked ?? 0, 300_000));
            expect(ms).toBeLessThanOrEqual(Math.max(activeMs, isPatient ? 300_000 : 4000));
          }
          if (asked === null) {
            expect(waits[0]).not.toBe(waits[2]);
          }
        },
      ),
    );
  });
});
