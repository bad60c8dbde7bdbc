import type { UpgradeSettings } from "../upgrade/status.ts";
import type { Phase, Scenario } from "./scenario.ts";
import { usualSettings } from "./situation.ts";

const minute = 60;
const hour = 60 * minute;
const oldVersion = "7.1.4";
const newVersion = "7.2.3";

const software = usualSettings;
const manual: UpgradeSettings = { ...software, auto_commit: false };
const platform: UpgradeSettings = { ...software, upgrade_type: "SOFTWARE_AND_PLATFORM" };
const rolling: UpgradeSettings = { ...platform, do_rolling_reboot: true };
const manualRolling: UpgradeSettings = { ...rolling, auto_commit: false };

const idle = (seconds: number, version = oldVersion): Phase => ({
  seconds,
  state: "UPGRADE_STATE_IDLE",
  version,
});

const preparing = (
  seconds: number,
  settings: UpgradeSettings,
  progress: readonly [number, number] = [0, 100],
): Phase => ({ seconds, state: "UPGRADE_STATE_PREPARING", progress, settings });

const prepared = (seconds: number, settings: UpgradeSettings): Phase => ({
  seconds,
  state: "UPGRADE_STATE_PREPARED",
  settings,
});

const commit = (settings: UpgradeSettings): readonly Phase[] => [
  { seconds: 20, state: "UPGRADE_STATE_COMMITTING", settings },
  { seconds: 3, state: "UPGRADE_STATE_COMMITTED", settings },
];

const away = (seconds: number, behaviour: Phase["behaviour"] = "refused"): Phase => ({
  seconds,
  state: "UPGRADE_STATE_COMMITTED",
  behaviour,
  version: newVersion,
});

const rebooting = (
  seconds: number,
  rebooted: readonly [number, number],
  more: Partial<Phase> = {},
): Phase => ({
  seconds,
  state: "UPGRADE_STATE_REBOOTING",
  settings: rolling,
  rebooted,
  version: newVersion,
  ...more,
});

const completeReboot = (seconds: number, behaviour: Phase["behaviour"] = "answering"): Phase => ({
  seconds,
  state: "UPGRADE_STATE_REBOOTING",
  behaviour: behaviour ?? "answering",
  version: newVersion,
});

/** Every story that a pretend cluster can live through, by name. */
export const scenarios = {
  idle: {
    description: "idle and healthy",
    nodes: 4,
    phases: [idle(24 * hour)],
  },
  instant: {
    description: "software only, automatic commit, back within half a minute",
    nodes: 4,
    phases: [
      idle(2 * minute),
      preparing(4 * minute, software),
      ...commit(software),
      away(12),
      away(13, "reset"),
      idle(24 * hour, newVersion),
    ],
  },
  "two-phase": {
    description: "prepared in the evening, committed after a night's wait",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(37 * minute, manual),
      prepared(12 * hour, manual),
      ...commit(manual),
      away(25),
      idle(12 * hour, newVersion),
    ],
  },
  "waiting-for-commit": {
    description: "parked in Prepared until someone commits",
    nodes: 4,
    phases: [prepared(24 * hour, manualRolling)],
  },
  "too-fast-to-see": {
    description: "one poll of Preparing at 40 %, the next finds it idle on the new version",
    nodes: 4,
    phases: [idle(10), preparing(1.5, software, [40, 41]), idle(24 * hour, newVersion)],
  },
  "platform-complete": {
    description:
      "platform upgrade with a complete reboot: refused, hanging, broken TLS, 503, 401, back",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(20 * minute, platform),
      ...commit(platform),
      completeReboot(10),
      completeReboot(4 * minute, "refused"),
      completeReboot(minute, "hang"),
      completeReboot(30, "broken-tls"),
      completeReboot(30, "unavailable"),
      completeReboot(10, "unauthorized"),
      idle(12 * hour, newVersion),
    ],
  },
  "platform-rolling": {
    description: "platform upgrade, six nodes reboot one after another",
    nodes: 6,
    phases: [
      idle(minute),
      preparing(20 * minute, rolling),
      ...commit(rolling),
      away(20, "reset"),
      rebooting(54 * minute, [0, 6]),
      idle(12 * hour, newVersion),
    ],
  },
  "rolling-node-dark": {
    description: "rolling reboot in which each rebooting node is dark while the others answer",
    nodes: 6,
    darkWhileRebooting: true,
    phases: [
      preparing(10 * minute, rolling),
      ...commit(rolling),
      rebooting(42 * minute, [0, 6]),
      idle(6 * hour, newVersion),
    ],
  },
  "rolling-away-and-back": {
    description:
      "rolling reboot seen through one address: it goes away with its node and comes back",
    nodes: 6,
    phases: [
      ...Array.from({ length: 4 }, (_, done): readonly Phase[] => [
        rebooting(5 * minute, [done + 2, done + 2]),
        rebooting(4 * minute, [done + 2, done + 2], { behaviour: "refused" }),
      ]).flat(),
      idle(2 * minute, newVersion),
      preparing(2 * minute, { ...rolling, target_version: "7.2.4" }, [0, 100]),
      ...commit({ ...rolling, target_version: "7.2.4" }),
    ],
  },
  "rolling-freezes": {
    description: "rolling reboot that waits 90 minutes for the restriper, then goes on",
    nodes: 6,
    phases: [
      rebooting(20 * minute, [0, 2]),
      rebooting(90 * minute, [2, 2]),
      rebooting(40 * minute, [2, 6]),
      idle(6 * hour, newVersion),
    ],
  },
  "rolling-stops-on-error": {
    description: "rolling reboot that stops on an error which only the reboot endpoint shows",
    nodes: 6,
    phases: [
      rebooting(20 * minute, [0, 2]),
      rebooting(6 * hour, [2, 2], {
        rebootState: "REBOOT_PAUSED_DUE_TO_ERROR",
        rebootError: "Node 3 did not rejoin the quorum in time.",
      }),
    ],
  },
  "prepare-fails": {
    description: "the prepare fails at 37 % and the error stays for hours",
    nodes: 4,
    phases: [
      preparing(7 * minute, software, [0, 37]),
      {
        ...preparing(12 * hour, software, [37, 37]),
        errorInfo:
          "Failed to install the upgrade image on node 3: not enough free space on the boot drive (needs 4.0 GiB, has 1.2 GiB).\n",
      },
    ],
  },
  "commit-without-change": {
    description: "the commit ends in idle, but the version did not change",
    nodes: 4,
    phases: [
      idle(10),
      preparing(2 * minute, software),
      ...commit(software),
      { ...away(25), version: oldVersion },
      idle(12 * hour),
    ],
  },
  blocked: {
    description: "idle, and the next upgrade is blocked",
    nodes: 4,
    blockedReason: "The on-disk format is being upgraded in the background.",
    phases: [idle(24 * hour)],
  },
  "unauthorized-once": {
    description: "401 for a moment, then as before",
    nodes: 4,
    phases: [idle(30), { ...idle(1), behaviour: "unauthorized" }, idle(10 * minute)],
  },
  unauthorized: {
    description: "401 for good",
    nodes: 4,
    phases: [{ ...idle(24 * hour), behaviour: "unauthorized" }],
  },
  forbidden: {
    description: "the token lacks the privilege to read the upgrade",
    nodes: 4,
    phases: [{ ...idle(24 * hour), behaviour: "forbidden" }],
  },
  "hang-after-accept": {
    description: "accepts connections and never answers",
    nodes: 4,
    phases: [idle(30), { ...idle(12 * hour), behaviour: "hang" }],
  },
  "half-a-body": {
    description: "cuts every reply in the middle",
    nodes: 4,
    phases: [idle(30), { ...idle(12 * hour), behaviour: "half-body" }],
  },
  "html-with-200": {
    description: "a login page in place of the status",
    nodes: 4,
    phases: [{ ...idle(12 * hour), rawBody: "<!doctype html><title>Qumulo</title>" }],
  },
  "unknown-state": {
    description: "names a state that nobody published",
    nodes: 4,
    phases: [{ ...idle(12 * hour), state: "UPGRADE_STATE_VERIFYING", settings: software }],
  },
  "progress-falls": {
    description: "progress falls from 60 % to 55 % and goes on",
    nodes: 4,
    phases: [
      preparing(10 * minute, software, [0, 60]),
      preparing(10 * minute, software, [55, 100]),
      ...commit(software),
      away(25),
      idle(12 * hour, newVersion),
    ],
  },
  "odd-progress": {
    description: "progress 101, 12.5 and the text 45",
    nodes: 4,
    phases: [101, 12.5, "45"].map((progress) => ({
      ...preparing(minute, software),
      rawBody: JSON.stringify({
        state: "UPGRADE_STATE_PREPARING",
        progress,
        settings: software,
        error_info: null,
      }),
    })),
  },
  "huge-error": {
    description: "an error text of a million characters",
    nodes: 4,
    phases: [
      { ...preparing(12 * hour, software, [37, 37]), errorInfo: "disk failure; ".repeat(75_000) },
    ],
  },
  "long-absence": {
    description: "an expected absence that goes on for 45 minutes",
    nodes: 4,
    phases: [
      preparing(5 * minute, platform),
      ...commit(platform),
      away(45 * minute),
      idle(12 * hour, newVersion),
    ],
  },
  "endless-absence": {
    description: "an expected absence that never ends",
    nodes: 4,
    phases: [preparing(5 * minute, platform), ...commit(platform), away(24 * hour)],
  },
  "v2-only": {
    description: "an older cluster that knows the second generation of the API only",
    nodes: 4,
    apiGenerations: [2],
    phases: [idle(5 * minute), preparing(10 * minute, software)],
  },
  "v1-only": {
    description: "an old cluster that knows the first generation of the API only",
    nodes: 4,
    apiGenerations: [1],
    phases: [idle(5 * minute), preparing(10 * minute, software)],
  },
  "back-to-back": {
    description: "two upgrades with hardly an idle between",
    nodes: 4,
    phases: [
      idle(10),
      preparing(2 * minute, { ...software, target_version: "7.1.5" }),
      ...commit({ ...software, target_version: "7.1.5" }),
      away(20),
      idle(2, "7.1.5"),
      { ...preparing(4 * minute, software), version: "7.1.5" },
      ...commit(software),
      away(25),
      idle(12 * hour, newVersion),
    ],
  },
  "finishes-soon": {
    description: "an instant upgrade near its end, then idle on the new version",
    nodes: 4,
    phases: [
      preparing(6, software, [82, 100]),
      { seconds: 3, state: "UPGRADE_STATE_COMMITTING", settings: software },
      { seconds: 2, state: "UPGRADE_STATE_COMMITTED", settings: software },
      away(5),
      idle(12 * hour, newVersion),
    ],
  },
} as const satisfies Record<string, Scenario>;

/** The name of a scenario. */
export type ScenarioName = keyof typeof scenarios;

/** Whether there is a scenario of this name. */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}
