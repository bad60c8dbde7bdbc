import { describe, expect, it } from "vitest";
import type { Summary } from "../../../contract/api.ts";
import type { Changes } from "../../../contract/changes.ts";
import { now, summary } from "../../shell/summary.fixture.ts";
import { datedCluster, type FleetAnswer, fleetBy } from "./answer.ts";

function changes(clusters: readonly Summary[], more: Partial<Changes> = {}): Changes {
  return {
    now,
    build: "1",
    simulated: false,
    notices: [],
    nextPollInMs: 500,
    mark: "m.1",
    isWhole: false,
    agesMs: [400, null, 20],
    clusters: [...clusters],
    ...more,
  };
}

const [a, b, c] = [summary({ id: "a" }), summary({ id: "b" }), summary({ id: "c" })];

function whole(before?: FleetAnswer): FleetAnswer {
  const answer = fleetBy(changes([a, b, c], { isWhole: true }), before);
  if (answer === null) {
    throw new Error("a whole fits itself");
  }
  return answer;
}

describe("the fleet by a new answer", () => {
  it("keeps every cluster of which nothing new is told, and the list of all where that is so of all", () => {
    const before = whole();
    const same = fleetBy(changes([], { mark: "m.2", now: now + 1000 }), before);
    expect(same?.clusters).toBe(before.clusters);
    expect(same).toMatchObject({ mark: "m.2", now: now + 1000 });
    const next = fleetBy(changes([summary({ id: "b", headline: "Prepared" })]), before);
    expect(next?.clusters.map(({ headline }) => headline)).toEqual(["Idle", "Prepared", "Idle"]);
    expect(next?.clusters[0]).toBe(before.clusters[0]);
    expect(next?.clusters[2]).toBe(before.clusters[2]);
  });

  it("keeps what a whole answer tells once more", () => {
    const before = whole();
    expect(whole(before).clusters).toBe(before.clusters);
  });

  it("knows the age of each, whatever was told of it", () => {
    const answer = fleetBy(changes([], { now: now + 1000 }), whole());
    const dated = answer?.clusters.map((facts) => datedCluster(answer, facts));
    expect(dated?.map(({ ageMs }) => ageMs)).toEqual([400, null, 20]);
    expect(dated?.map(({ observedAt }) => observedAt)).toEqual([now + 600, null, now + 980]);
  });

  it("does not take what can't be meant for what it has", () => {
    expect(fleetBy(changes([]), undefined), "nothing to change").toBeNull();
    expect(fleetBy(changes([summary({ id: "new" })]), whole()), "a stranger").toBeNull();
    expect(fleetBy(changes([], { agesMs: [1] }), whole()), "other ages").toBeNull();
  });
});
