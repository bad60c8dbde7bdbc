import { secondMs } from "../upgrade/duration.ts";
import type { Span } from "../upgrade/span.ts";
import type { EpochMs } from "../upgrade/status.ts";
import { startCluster } from "./cluster.ts";
import { realClock, type SimulatorClock } from "./clock.ts";
import { type FleetRole, fleetRoles } from "./fleetRoles.ts";
import { pastOf } from "./past.ts";

/** A pretend cluster of the fleet, with what a watcher must know to reach it. */
export type FleetMember = {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly zone: string;
  readonly urls: readonly string[];
  readonly token: string;
  readonly fingerprint256: string;
  readonly runbook?: string;
  /** What would have been heard of it before; see {@link pastOf}. */
  readonly past: (now: EpochMs) => readonly Span[];
};

/** A fleet that is running. */
export type SimulatedFleet = {
  readonly clusters: readonly FleetMember[];
  readonly stop: () => Promise<void>;
};

/** How to start a fleet. */
export type FleetOptions = {
  readonly clock?: SimulatorClock;
  /** How much faster everything goes than in the built-in fleet; 1 unless said otherwise. */
  readonly speed?: number;
};

/** Starts the built-in fleet on loopback, each cluster on free ports. */
export async function startFleet(options: FleetOptions = {}): Promise<SimulatedFleet> {
  const { clock = realClock, speed = 1 } = options;
  const started = await Promise.all(fleetRoles.map((role) => startMember(role, clock, speed)));
  return {
    clusters: started.map(({ member }) => member),
    stop: async () => {
      await Promise.all(started.map(({ stop }) => stop()));
    },
  };
}

async function startMember(
  role: FleetRole,
  clock: SimulatorClock,
  speed: number,
): Promise<{ readonly member: FleetMember; readonly stop: () => Promise<void> }> {
  const { id, name, site, wave, zone, scenario, headStartSeconds, addresses, runbook } = role;
  const { urls, token, fingerprint256, stop } = await startCluster({
    scenario,
    name,
    clock,
    nodes: addresses,
    speed: role.speed * speed,
    headStartMs: headStartSeconds * secondMs,
  });
  const past = (now: EpochMs): readonly Span[] => pastOf(role, now);
  const known = { id, name, labels: { site, wave }, zone, urls, token, fingerprint256, past };
  return { member: runbook === undefined ? known : { ...known, runbook }, stop };
}
