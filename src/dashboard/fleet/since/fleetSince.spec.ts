import { expect, it } from "vitest";
import type { Lanes } from "../../../contract/api.ts";
import { minuteMs } from "../../../upgrade/duration.ts";
import { now, summary } from "../../shell/summary.fixture.ts";
import { fleetSince } from "./fleetSince.ts";

type Segment = Lanes["lanes"][number]["segments"][number];

const away = { since: now - 60 * minuteMs, until: now };
const ago = (minutes: number): number => now - minutes * minuteMs;
const state = (name: string, from: number, to: number): Segment => ({
  kind: "state",
  state: `UPGRADE_STATE_${name}`,
  from: ago(from),
  to: ago(to),
});
const silent = (kind: "away" | "outage" | "unobserved", from: number, to: number): Segment => ({
  kind,
  state: null,
  from: ago(from),
  to: ago(to),
});
const tell = (lanes: readonly (readonly Segment[])[], lanesFrom = ago(600)) =>
  fleetSince(
    lanes.map((_, place) =>
      summary({
        id: `c-${place}`,
        name: `Cluster ${place}`,
        ...(place === 2 ? { attention: "act", verdict: "failed" } : {}),
      }),
    ),
    lanes.map((segments, place) => ({ id: `c-${place}`, segments: [...segments] })),
    away,
    lanesFrom,
  );

it("tells of each cluster that changed what it went through, what asks for something first", () => {
  const told = tell([
    [state("IDLE", 600, 0)],
    [state("IDLE", 600, 50), state("PREPARING", 50, 30), state("PREPARED", 30, 0)],
    [
      state("COMMITTING", 70, 50),
      silent("away", 50, 40),
      state("REBOOTING", 40, 20),
      silent("outage", 20, 10),
      state("REBOOTING", 10, 0),
      silent("unobserved", 5, 4),
    ],
    [silent("outage", 90, 0)],
  ]);
  expect(told?.clusters.map(({ name, words }) => [name, words])).toEqual([
    ["Cluster 2", "Committing → Rebooting · no answer · away as expected · not observed"],
    ["Cluster 1", "Idle → Preparing → Prepared"],
  ]);
  expect(told?.isPartial).toBe(false);
  expect(tell([[state("IDLE", 600, 0)]])).toBeNull();
});

it("tells of many the first six, and of many states the ends", () => {
  const many = Array.from({ length: 9 }, (_, place) => [
    state("IDLE", 600, 40 - place),
    state("PREPARING", 40 - place, 0),
  ]);
  const told = tell(many, ago(30));
  expect(told).toMatchObject({ left: 3, isPartial: true });
  expect(told?.clusters.map(({ id }) => id)).toEqual(["c-2", "c-0", "c-1", "c-3", "c-4", "c-5"]);
  const often = Array.from({ length: 8 }, (_, place) =>
    state(place % 2 === 0 ? "PREPARING" : "PREPARED", 50 - place, 49 - place),
  );
  expect(tell([often])?.clusters[0]?.words).toBe("Preparing → Prepared → … → Preparing → Prepared");
});
