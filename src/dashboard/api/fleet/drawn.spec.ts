import { describe, expect, it } from "vitest";
import { now, summary } from "../../shell/summary.fixture.ts";
import { type Heard, newestOf } from "../fetchJson.ts";
import { serverNow } from "../usePolled.ts";
import type { FleetAnswer } from "./answer.ts";
import { fleetDrawnBy } from "./drawn.ts";

const clusters = [summary({ id: "a" })];
const notices: FleetAnswer["notices"] = [];

/** What came so long after the first answer. */
function heard(afterMs: number, more: Partial<FleetAnswer> = {}): Heard<FleetAnswer> {
  const answer = {
    now: now + afterMs,
    build: "1",
    simulated: false,
    notices,
    nextPollInMs: 250,
    mark: `m.${afterMs}`,
    clusters,
    agesMs: new Map([["a", afterMs]]),
    ...more,
  };
  return { answer, askedAtMs: afterMs, receivedAtMs: afterMs };
}

describe("what is drawn by a new answer", () => {
  it("is what is drawn already where the same is told, and knows the newest", () => {
    const drawn = fleetDrawnBy(heard(0), undefined);
    expect(newestOf(drawn)).toEqual(heard(0));
    expect(fleetDrawnBy(heard(1000), drawn)).toBe(drawn);
    expect(newestOf(drawn)).toEqual(heard(1000));
    expect(fleetDrawnBy(heard(2000), drawn)).toBe(drawn);
    expect(newestOf(drawn)).toEqual(heard(2000));
  });

  it("counts by the newest", () => {
    const drawn = fleetDrawnBy(heard(0), undefined);
    const before = serverNow(drawn);
    fleetDrawnBy({ ...heard(1000), receivedAtMs: 0 }, drawn);
    expect(serverNow(drawn) - before).toBeGreaterThanOrEqual(1000);
  });

  it.each<Partial<FleetAnswer>>([
    { clusters: [summary({ id: "a", headline: "Prepared" })] },
    { notices: [{ code: "disk", since: now, message: "The disk is full." }] },
    { build: "2" },
    { simulated: true },
  ])("is the new one where it tells %o", (more) => {
    const drawn = fleetDrawnBy(heard(0), undefined);
    const next = fleetDrawnBy(heard(1000, more), drawn);
    expect(next).not.toBe(drawn);
    expect(next.answer).toEqual(heard(1000, more).answer);
    expect(newestOf(drawn), "what is drawn no more stays as it was").toEqual(heard(0));
  });

  it("is made anew every five seconds, for what goes by the day or the zone", () => {
    const drawn = fleetDrawnBy(heard(0), undefined);
    expect(fleetDrawnBy(heard(4999), drawn)).toBe(drawn);
    expect(fleetDrawnBy(heard(5000), drawn)).not.toBe(drawn);
  });

  it("is never carried on by a late old answer", () => {
    const drawn = fleetDrawnBy(heard(0), undefined);
    fleetDrawnBy(heard(2000), drawn);
    fleetDrawnBy(heard(1000), drawn);
    expect(newestOf(drawn)).toEqual(heard(2000));
  });

  it("is every answer's own in a replay", () => {
    const past = { ...heard(0), clock: () => now };
    const drawn = fleetDrawnBy(past, undefined);
    expect(drawn).toBe(past);
    const next = { ...heard(1000), clock: () => now };
    expect(fleetDrawnBy(next, drawn)).toBe(next);
  });
});
