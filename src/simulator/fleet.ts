import { startCluster } from "./cluster.ts";
import { play, type SimulatorClock } from "./player.ts";
import type { Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";

/** A pretend cluster of the fleet, with what a watcher must know to reach it. */
export type FleetMember = {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly zone: string;
  readonly urls: readonly string[];
  readonly token: string;
  readonly fingerprint256: string;
};

/** A fleet that is running. */
export type SimulatedFleet = {
  readonly members: readonly FleetMember[];
  readonly stop: () => Promise<void>;
};

type Role = {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly wave: string;
  readonly zone: string;
  readonly scenario: Scenario;
  readonly speed: number;
  /** How far into its scenario it begins, in minutes of the scenario's own time. */
  readonly headStartMinutes: number;
  readonly addresses: number;
};

/** Six situations and more, chosen so that a newcomer sees each of them within a minute. */
const roles: readonly Role[] = [
  {
    id: "lon-prod-1",
    name: "London production",
    site: "london",
    wave: "2",
    zone: "Europe/London",
    scenario: scenarios["waiting-for-commit"],
    speed: 1,
    headStartMinutes: 0,
    addresses: 2,
  },
  {
    id: "dub-med",
    name: "Dublin media",
    site: "dublin",
    wave: "2",
    zone: "Europe/Dublin",
    scenario: scenarios["two-phase"],
    speed: 4,
    headStartMinutes: 2,
    addresses: 2,
  },
  {
    id: "par-post",
    name: "Paris post",
    site: "paris",
    wave: "2",
    zone: "Europe/Paris",
    scenario: scenarios["rolling-away-and-back"],
    speed: 15,
    headStartMinutes: 1,
    addresses: 1,
  },
  {
    id: "fra-arc",
    name: "Frankfurt archive",
    site: "frankfurt",
    wave: "2",
    zone: "Europe/Berlin",
    scenario: scenarios["prepare-fails"],
    speed: 20,
    headStartMinutes: 4,
    addresses: 1,
  },
  {
    id: "sea-lab",
    name: "Seattle lab",
    site: "seattle",
    wave: "1",
    zone: "America/Los_Angeles",
    scenario: scenarios["finishes-soon"],
    speed: 1,
    headStartMinutes: 0,
    addresses: 1,
  },
  {
    id: "aus-gen",
    name: "Austin genomics",
    site: "austin",
    wave: "2",
    zone: "America/Chicago",
    scenario: scenarios.instant,
    speed: 4,
    headStartMinutes: 1.9,
    addresses: 1,
  },
  {
    id: "tor-img",
    name: "Toronto imaging",
    site: "toronto",
    wave: "3",
    zone: "America/Toronto",
    scenario: scenarios.idle,
    speed: 1,
    headStartMinutes: 0,
    addresses: 1,
  },
  {
    id: "mad-bak",
    name: "Madrid backup",
    site: "madrid",
    wave: "3",
    zone: "Europe/Madrid",
    scenario: scenarios.blocked,
    speed: 1,
    headStartMinutes: 0,
    addresses: 1,
  },
];

/** Starts the built-in fleet on loopback. */
export async function startFleet(clock: SimulatorClock): Promise<SimulatedFleet> {
  const running = await Promise.all(
    roles.map(async (role) => {
      const { id, name, site, wave, zone, scenario, speed, headStartMinutes, addresses } = role;
      const cluster = await startCluster({ nodes: addresses, name });
      const end = await play(cluster, scenario, clock, speed, headStartMinutes * 60_000);
      const member: FleetMember = {
        id,
        name,
        labels: { site, wave },
        zone,
        urls: cluster.urls,
        token: cluster.token,
        fingerprint256: cluster.fingerprint256(),
      };
      const stop = async (): Promise<void> => {
        await end();
        await cluster.stop();
      };
      return { member, stop };
    }),
  );
  return {
    members: running.map(({ member }) => member),
    stop: async () => {
      await Promise.all(running.map(({ stop }) => stop()));
    },
  };
}
