import type { ScenarioName } from "./scenarios.ts";

/** What one pretend cluster of the fleet is, and which part it plays. */
export type FleetRole = {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly wave: string;
  readonly zone: string;
  readonly scenario: ScenarioName;
  readonly speed: number;
  /** How far into its scenario it begins, in seconds of the scenario's own time. */
  readonly headStartSeconds: number;
  readonly addresses: number;
  readonly runbook?: string;
};

/**
 * The built-in fleet. Within a minute of its start each situation is to be seen: a percentage that moves, a wait for a
 * commit, a rolling reboot that goes away at two of six nodes and comes back, a failure, an outage, one that is idle,
 * one that is blocked, one that finishes before one's eyes, and an instant upgrade from its beginning to its end. Two
 * upgrades go on for half an hour and more, so that something moves for whoever comes later.
 */
export const fleetRoles: readonly FleetRole[] = [
  {
    id: "lon-prod-1",
    name: "London production",
    site: "london",
    wave: "2",
    zone: "Europe/London",
    scenario: "waiting-for-commit",
    speed: 1,
    headStartSeconds: 0,
    addresses: 2,
    runbook: "https://runbooks.example/storage-upgrade",
  },
  {
    id: "dub-med",
    name: "Dublin media",
    site: "dublin",
    wave: "2",
    zone: "Europe/Dublin",
    scenario: "platform-complete",
    speed: 4,
    headStartSeconds: 300,
    addresses: 2,
  },
  {
    id: "par-post",
    name: "Paris post",
    site: "paris",
    wave: "2",
    zone: "Europe/Paris",
    scenario: "rolling-away-and-back",
    speed: 15,
    headStartSeconds: 0,
    addresses: 1,
  },
  {
    id: "fra-arc",
    name: "Frankfurt archive",
    site: "frankfurt",
    wave: "2",
    zone: "Europe/Berlin",
    scenario: "prepare-fails",
    speed: 4,
    headStartSeconds: 430,
    addresses: 1,
  },
  {
    id: "osk-rnd",
    name: "Osaka render",
    site: "osaka",
    wave: "2",
    zone: "Asia/Tokyo",
    scenario: "lost-while-preparing",
    speed: 4,
    headStartSeconds: 880,
    addresses: 1,
  },
  {
    id: "sea-lab",
    name: "Seattle lab",
    site: "seattle",
    wave: "1",
    zone: "America/Los_Angeles",
    scenario: "finished",
    speed: 1,
    headStartSeconds: 0,
    addresses: 1,
  },
  {
    id: "osl-sei",
    name: "Oslo seismic",
    site: "oslo",
    wave: "2",
    zone: "Europe/Oslo",
    scenario: "rolling-node-dark",
    speed: 6,
    headStartSeconds: 540,
    addresses: 3,
  },
  {
    id: "aus-gen",
    name: "Austin genomics",
    site: "austin",
    wave: "2",
    zone: "America/Chicago",
    scenario: "instant",
    speed: 6,
    headStartSeconds: 60,
    addresses: 1,
  },
  {
    id: "ber-cnq",
    name: "Berlin CNQ",
    site: "berlin",
    wave: "2",
    zone: "Europe/Berlin",
    scenario: "platform-rolling",
    speed: 1,
    headStartSeconds: 120,
    addresses: 1,
  },
  {
    id: "syd-vfx",
    name: "Sydney vfx",
    site: "sydney",
    wave: "1",
    zone: "Australia/Sydney",
    scenario: "two-phase",
    speed: 2,
    headStartSeconds: 300,
    addresses: 1,
  },
  {
    id: "tor-img",
    name: "Toronto imaging",
    site: "toronto",
    wave: "3",
    zone: "America/Toronto",
    scenario: "idle",
    speed: 1,
    headStartSeconds: 0,
    addresses: 1,
  },
  {
    id: "mad-bak",
    name: "Madrid backup",
    site: "madrid",
    wave: "3",
    zone: "Europe/Madrid",
    scenario: "blocked",
    speed: 1,
    headStartSeconds: 0,
    addresses: 1,
  },
];
