/** What happens in a soak. All of it is decided by the seed and the time, so that it can be run again. */
import type { Scenario } from "../../src/simulator/scenario.ts";
import {
  away,
  completeReboot,
  hour,
  idle,
  minute,
  platform,
  preparing,
} from "../../src/simulator/stories/phases.ts";
import { type Behaviour, type RawReply, statusPath } from "../../src/simulator/situation.ts";

/** How long a soak is, and what it can judge in that time. */
export type Form = {
  /** In real time. */
  readonly minutes: number;
  readonly sampleEverySeconds: number;
  readonly restarts: number;
  /** By when the last process has begun, of the whole: what is judged is the life of that one, and of walls as old. */
  readonly restartedShare: number;
  readonly upgradeEveryHours: number;
  /** Between two faults of one cluster, in real time on the average. */
  readonly faultEverySeconds: number;
  readonly viewers: number;
  /** Whether the page changes in between, which the walls take in by loading themselves anew. */
  readonly hasNewBuild: boolean;
  /** Whether it runs by itself for long enough that figures of time, and small slopes, mean something. */
  readonly isLong: boolean;
};

/** Thirty days in thirty minutes; of a shorter one, as many days as minutes. */
export const longForm = (minutes: number): Form => ({
  minutes,
  sampleEverySeconds: Math.min(15, minutes / 2),
  restarts: 10,
  restartedShare: 0.12,
  upgradeEveryHours: 48,
  // With a fault of a quarter of a second, 2 % of the time; another 1 % are odd replies.
  faultEverySeconds: 8,
  viewers: 200,
  hasNewBuild: true,
  isLong: true,
});

/** A day in a minute, with more of everything. */
export const shortForm: Form = {
  minutes: 50 / 60,
  sampleEverySeconds: 2,
  restarts: 2,
  restartedShare: 0.22,
  upgradeEveryHours: 20,
  faultEverySeconds: 2.5,
  viewers: 20,
  hasNewBuild: false,
  isLong: false,
};

/** An upgrade that goes its way, again and again. */
export function upgradeEvery(hours: number): Scenario {
  const phases = [
    preparing(3 * hour, platform),
    { seconds: 30 * minute, state: "UPGRADE_STATE_COMMITTING", upgrade: platform },
    { seconds: 5 * minute, state: "UPGRADE_STATE_COMMITTED", upgrade: platform },
    away(10 * minute, platform),
    completeReboot(40 * minute),
  ];
  const busySeconds = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  const calm = idle((hours * hour - busySeconds) / 2);
  return { description: "soak", nodes: 2, phases: [calm, ...phases, { ...calm, release: 1 }] };
}

/** What goes wrong with a cluster: how it treats requests, or what it answers. */
export type Fault =
  | { readonly kind: "silent"; readonly behaviour: Behaviour }
  | { readonly kind: "odd"; readonly replies: Readonly<Record<string, RawReply>> };

/** They end at the deadline, by which what was under way is aborted. */
const endless: readonly Behaviour[] = ["hang", "drip"];

const behaviours: readonly Behaviour[] = [
  ...endless,
  "refused",
  "reset",
  "half-body",
  "broken-tls",
  "silent-tls",
  "unavailable",
  "html",
  "empty",
  "unauthorized",
  "forbidden",
];

const state = "UPGRADE_STATE_IDLE";
const bodies: readonly string[] = [
  "",
  "{}",
  "[1, 2",
  '{"state": "UPGRADE_STATE_IDLE", "progress": 1e999, "settings": [], "error_info": 5}',
  JSON.stringify({ state: "UPGRADE_STATE_DANCING", progress: -3, settings: null }),
  JSON.stringify({ state, error_info: "disk 7 \u202e\u0000<script>alert(1)</script>" }),
  JSON.stringify({ state, progress: 0, settings: null, error_info: "long ".repeat(20_000) }),
  JSON.stringify({ state, __proto__: null, constructor: { prototype: {} }, settings: "none" }),
  "[".repeat(100_000),
  " ".repeat(5_000_000),
];

/**
 * The next fault of a cluster.
 *
 * @param isPatient whether it is only ever one that leaves connections alone: others end them all, and with them what leaks
 */
export function faultBy(random: () => number, isPatient: boolean): Fault {
  const pick = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(random() * items.length)];
  if (random() < 1 / 3) {
    const headers = { "content-type": "application/json" };
    const reply = { status: 200, headers, body: pick(bodies) ?? "" };
    return { kind: "odd", replies: { [statusPath]: reply } };
  }
  return { kind: "silent", behaviour: pick(isPatient ? endless : behaviours) ?? "hang" };
}
