import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isState, type State, stateOrder } from "../upgrade/status.ts";
import { positionAt, type Scenario, scenarioMs, situationAt } from "./scenario.ts";
import { isScenarioName, scenarios } from "./scenarios.ts";
import { type ClusterSituation, nodeView } from "./situation.ts";

const stories = Object.entries<Scenario>(scenarios);
/** What these are about is to break a rule that holds everywhere else. */
const aboutProgress = ["progress-falls", "odd-progress"];
const aboutStates = ["unknown-state", "odd-progress"];

const mayFollow: Record<State, readonly string[]> = {
  UPGRADE_STATE_IDLE: ["UPGRADE_STATE_PREPARING"],
  UPGRADE_STATE_PREPARING: [
    "UPGRADE_STATE_PREPARED",
    "UPGRADE_STATE_COMMITTING",
    "UPGRADE_STATE_IDLE",
  ],
  UPGRADE_STATE_PREPARED: ["UPGRADE_STATE_COMMITTING"],
  UPGRADE_STATE_COMMITTING: ["UPGRADE_STATE_COMMITTED"],
  UPGRADE_STATE_COMMITTED: ["UPGRADE_STATE_IDLE", "UPGRADE_STATE_REBOOTING"],
  UPGRADE_STATE_REBOOTING: ["UPGRADE_STATE_IDLE"],
};

/** Any moment of the first three rounds of any scenario that the rule holds for. */
const moments = (exceptions: readonly string[] = []) =>
  fc
    .constantFrom(...stories.filter(([name]) => !exceptions.includes(name)))
    .chain(([name, scenario]) =>
      fc.record({
        name: fc.constant(name),
        scenario: fc.constant(scenario),
        elapsedMs: fc.integer({ min: 0, max: 3 * scenarioMs(scenario) }),
      }),
    );

/** The situation in each phase of two rounds, in order; whatever moves within a phase stands at its middle. */
function course(scenario: Scenario): ClusterSituation[] {
  let beginMs = 0;
  return [...scenario.phases, ...scenario.phases].map(({ seconds }) => {
    const situation = situationAt(scenario, beginMs + seconds * 500);
    beginMs += seconds * 1000;
    return situation;
  });
}

describe("every scenario", () => {
  it("has settings from PREPARING to COMMITTED, and none when idle", () => {
    fc.assert(
      fc.property(moments(), ({ scenario, elapsedMs }) => {
        const { state, settings } = situationAt(scenario, elapsedMs);
        const order = stateOrder.findIndex((known) => known === state);
        if (order >= 1 && order <= 4) {
          expect(settings).not.toBeNull();
        }
        if (order === 0) {
          expect(settings).toBeNull();
        }
      }),
    );
  });

  it("is prepared only where the commit is manual", () => {
    fc.assert(
      fc.property(moments(), ({ scenario, elapsedMs }) => {
        const { state, settings } = situationAt(scenario, elapsedMs);
        if (state === "UPGRADE_STATE_PREPARED") {
          expect(settings?.auto_commit).toBe(false);
        }
      }),
    );
  });

  it("has a progress of whole percents that never falls in one upgrade", () => {
    fc.assert(
      fc.property(
        moments(aboutProgress),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ scenario, elapsedMs }, share) => {
          const earlierMs = elapsedMs * share;
          const [earlier, later] = [earlierMs, elapsedMs].map((ms) => situationAt(scenario, ms));
          expect(Number.isInteger(later?.progress)).toBe(true);
          const rounds = [earlierMs, elapsedMs].map((ms) => positionAt(scenario, ms)?.round);
          const samePrepare =
            rounds[0] === rounds[1] &&
            earlier?.state === "UPGRADE_STATE_PREPARING" &&
            later?.state === "UPGRADE_STATE_PREPARING" &&
            earlier.settings?.target_version === later.settings?.target_version;
          if (samePrepare) {
            expect(later.progress).toBeGreaterThanOrEqual(earlier.progress ?? Number.NaN);
          }
        },
      ),
    );
  });

  it("has at most as many nodes down at once as a batch, and none but in a rolling reboot", () => {
    fc.assert(
      fc.property(moments(), ({ scenario, elapsedMs }) => {
        const situation = situationAt(scenario, elapsedMs);
        const dark = situation.nodes.filter(({ behaviour }) => behaviour === "refused");
        const batch =
          situation.state === "UPGRADE_STATE_REBOOTING"
            ? (situation.settings?.num_nodes_to_reboot ?? 0)
            : 0;
        expect(dark.length).toBeLessThanOrEqual(batch);
      }),
    );
  });

  it.each(stories.filter(([name]) => !aboutStates.includes(name)))(
    "%s goes from state to state as a cluster does, round after round",
    (_name, scenario) => {
      const states = course(scenario).map(({ state }) => state);
      for (const [index, state] of states.entries()) {
        const next = states[index + 1] ?? state;
        if (next !== state) {
          expect(isState(state) ? mayFollow[state] : []).toContain(next);
        }
      }
    },
  );

  it.each(stories)("%s never goes back to an older version", (_name, scenario) => {
    const versions = course(scenario).map(({ version }) => version);
    expect(versions).toEqual([...versions].sort());
  });

  it.each(stories)(
    "%s counts its rebooted nodes upwards, and never too many",
    (_name, scenario) => {
      let before = 0;
      for (const { reboot, state } of course(scenario)) {
        const { rebooted, total } = reboot;
        expect(rebooted).toBeLessThanOrEqual(total);
        before = state === "UPGRADE_STATE_REBOOTING" ? before : 0;
        expect(rebooted).toBeGreaterThanOrEqual(before);
        before = rebooted;
      }
    },
  );

  it.each(stories)("%s describes itself in one line and lasts a while", (_name, scenario) => {
    expect(scenario.description).toMatch(/^[^\n]{10,100}$/);
    expect(scenarioMs(scenario)).toBeGreaterThan(60_000);
    expect(Math.min(...scenario.phases.map(({ seconds }) => seconds))).toBeGreaterThan(0);
  });
});

describe("single scenarios", () => {
  const heard = (name: keyof typeof scenarios) =>
    course(scenarios[name]).slice(0, scenarios[name].phases.length);

  it("platform-complete: all that a booting cluster does to a connection", () => {
    const behaviours = new Set(heard("platform-complete").map(({ behaviour }) => behaviour));
    expect([...behaviours]).toEqual([
      "answering",
      "refused",
      "hang",
      "silent-tls",
      "broken-tls",
      "unavailable",
      "empty",
      "unauthorized",
    ]);
  });

  it("platform-rolling: all six nodes come back, one after another", () => {
    const counts = new Set(heard("platform-rolling").map(({ reboot }) => reboot.rebooted));
    expect([...counts]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("rolling-node-dark: each node is dark once, and comes back with the new version", () => {
    const situations = heard("rolling-node-dark");
    for (const node of [0, 1, 2, 3, 4, 5]) {
      const views = situations.map((situation) => nodeView(situation, node));
      expect(views.filter(({ behaviour }) => behaviour === "refused")).toHaveLength(1);
      const dark = views.findIndex(({ behaviour }) => behaviour === "refused");
      expect([views[dark - 1]?.version, views[dark + 1]?.version]).toEqual(["7.1.4", "7.2.3"]);
    }
  });

  it("two-phase: waits longer than a session holds", () => {
    const wait = scenarios["two-phase"].phases.find(
      ({ state }) => state === "UPGRADE_STATE_PREPARED",
    );
    expect(wait?.seconds).toBeGreaterThan(10 * 3600);
  });

  it("back-to-back: two upgrades, each with its own target", () => {
    const targets = heard("back-to-back").map(({ settings }) => settings?.target_version);
    expect(new Set(targets)).toEqual(new Set([undefined, "7.2.3", "7.2.4"]));
  });

  it("progress-falls: does", () => {
    const scenario = scenarios["progress-falls"];
    expect(situationAt(scenario, 660_000 - 1).progress).toBe(60);
    expect(situationAt(scenario, 660_000).progress).toBe(55);
  });

  it("are known by their names only", () => {
    expect(isScenarioName("two-phase")).toBe(true);
    expect(isScenarioName("toString")).toBe(false);
  });
});
