import { describe, expect, it } from "vitest";
import { ask } from "./testing/ask.ts";
import { startFleet } from "./fleet.ts";
import { fleetRoles } from "./fleetRoles.ts";
import { situationAt } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import { type ClusterSituation, nodeView, statusPath } from "./situation.ts";
import { handClock } from "./testing/clock.ts";

/** What the cluster's first node tells in each second of the fleet's first minute. */
function firstMinute(id: string): ClusterSituation[] {
  return fleetRoles
    .filter((role) => role.id === id)
    .flatMap(({ scenario, speed, headStartSeconds }) =>
      Array.from({ length: 60 }, (_, second) =>
        nodeView(situationAt(scenarios[scenario], (headStartSeconds + second * speed) * 1000), 0),
      ),
    );
}

/** The different values in their order, without repetitions in a row. */
function changes<Value>(values: readonly Value[]): Value[] {
  return values.filter((value, index) => index === 0 || value !== values[index - 1]);
}

const words = ({ state, behaviour }: ClusterSituation): string =>
  behaviour === "answering" ? state.replace("UPGRADE_STATE_", "") : "away";

describe("the first minute of the built-in fleet", () => {
  it("has a percentage that moves by the second or so", () => {
    const percents = changes(firstMinute("dub-med").map(({ progress }) => progress));
    expect(percents.length).toBeGreaterThan(15);
    expect(percents[0]).toBeGreaterThan(10);
  });

  it.each([
    ["lon-prod-1", ["PREPARING", "PREPARED"]],
    ["par-post", ["REBOOTING", "away", "REBOOTING"]],
    ["sea-lab", ["IDLE", "PREPARING", "COMMITTING", "COMMITTED", "away", "IDLE"]],
    ["osk-rnd", ["PREPARING", "away"]],
    ["tor-img", ["IDLE"]],
    ["mad-bak", ["IDLE"]],
  ])("%s: %j", (id, course) => {
    expect(changes(firstMinute(id).map(words)).slice(0, course.length)).toEqual(course);
  });

  it("has a rolling reboot that is away at two of six and comes back with three", () => {
    const minute = firstMinute("par-post");
    const away = minute.findIndex((situation) => words(situation) === "away");
    const back = minute.findIndex(
      (situation, second) => second > away && words(situation) === "REBOOTING",
    );
    expect(away).toBeLessThan(15);
    expect([minute[away - 1]?.reboot, minute[back]?.reboot]).toMatchObject([
      { rebooted: 2, total: 6 },
      { rebooted: 3, total: 6 },
    ]);
  });

  it("has a failure that comes while one looks on", () => {
    const errors = firstMinute("fra-arc").map(({ errorInfo }) => errorInfo);
    expect(errors[0]).toBeNull();
    expect(errors[20]).toMatch(/not enough free space/);
  });

  it("has an instant upgrade from its beginning to its end", () => {
    const minute = firstMinute("aus-gen");
    const states = changes(minute.map(words));
    expect(states.slice(0, 3)).toEqual(["IDLE", "PREPARING", "COMMITTING"]);
    expect([states.at(-1), minute.at(-1)?.version]).toEqual(["IDLE", "7.2.3"]);
  });

  it("has one that has finished after 20 s and stays so for hours", () => {
    const finished = firstMinute("sea-lab").slice(20);
    expect(new Set(finished.map(({ state, version }) => `${state} ${version}`))).toEqual(
      new Set(["UPGRADE_STATE_IDLE 7.2.3"]),
    );
    expect(situationAt(scenarios.finished, 6 * 3_600_000).version).toBe("7.2.3");
  });
});

describe("the built-in fleet", () => {
  it("still has an upgrade that moves half an hour after its start, and no version that was never reached", () => {
    const after = fleetRoles.map(({ scenario, speed, headStartSeconds }) =>
      situationAt(scenarios[scenario], (headStartSeconds + 1800 * speed) * 1000),
    );
    expect(after.some(({ state }) => state === "UPGRADE_STATE_REBOOTING")).toBe(true);
    expect(new Set(after.map(({ version }) => version))).toEqual(new Set(["7.1.4", "7.2.3"]));
  });

  it("has unique names, labels and real time zones", () => {
    expect(new Set(fleetRoles.map(({ id }) => id)).size).toBe(fleetRoles.length);
    for (const { id, zone } of fleetRoles) {
      expect(id).toMatch(/^[a-z0-9-]{1,63}$/);
      expect(() => new Intl.DateTimeFormat("en", { timeZone: zone })).not.toThrow();
    }
  });

  it("can be asked with what it tells of itself, and goes when it is stopped", async () => {
    const clock = handClock();
    const fleet = await startFleet({ clock });
    for (const { urls, token, fingerprint256, labels } of fleet.clusters) {
      const answers = await Promise.all(urls.map((url) => ask(`${url}${statusPath}`, { token })));
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 200, fingerprint256 });
      }
      expect(Object.keys(labels)).toEqual(["site", "wave"]);
    }
    await fleet.stop();
    expect(clock.timers()).toBe(0);
    expect((await ask(fleet.clusters[0]?.urls[0] ?? "")).fault).toBe("ECONNREFUSED");
  });
});
