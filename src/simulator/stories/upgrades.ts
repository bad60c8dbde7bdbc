/** Stories of upgrades that go their way, or end otherwise than hoped. */
import type { Scenario } from "../scenario.ts";
import {
  away,
  commit,
  completeReboot,
  hour,
  idle,
  manual,
  manualRolling,
  minute,
  platform,
  prepared,
  preparing,
  software,
} from "./phases.ts";

/** Upgrades by name. */
export const upgrades = {
  idle: {
    description: "idle and healthy",
    nodes: 4,
    phases: [idle(24 * hour)],
  },
  blocked: {
    description: "idle, and the next upgrade is blocked",
    nodes: 4,
    blockedReason: "The on-disk format is being upgraded in the background.",
    phases: [idle(24 * hour)],
  },
  "restart-while-idle": {
    description: "a restart of its containers without any upgrade: a short outage while idle",
    nodes: 4,
    phases: [idle(minute), idle(20, 0, { behaviour: "refused" }), idle(10 * minute)],
  },
  instant: {
    description: "software only, automatic commit, back within half a minute",
    nodes: 4,
    phases: [
      idle(2 * minute),
      preparing(4 * minute, software),
      ...commit(software),
      away(12, software),
      away(13, software, { behaviour: "reset" }),
      idle(24 * hour, 1),
    ],
  },
  finished: {
    description: "an instant upgrade that is over in 20 seconds, then idle on the new version",
    nodes: 4,
    phases: [
      idle(2),
      preparing(8, software),
      { seconds: 3, state: "UPGRADE_STATE_COMMITTING", upgrade: software },
      { seconds: 2, state: "UPGRADE_STATE_COMMITTED", upgrade: software },
      away(3, software),
      idle(24 * hour, 1),
    ],
  },
  "too-fast-to-see": {
    description: "one poll of Preparing at 40 %, the next finds it idle on the new version",
    nodes: 4,
    phases: [idle(10), preparing(1.5, software, [40, 40]), idle(24 * hour, 1)],
  },
  "two-phase": {
    description: "prepared in the evening, committed after a night's wait; sessions end meanwhile",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(37 * minute, manual),
      prepared(12 * hour, manual),
      ...commit(manual),
      away(25, manual),
      idle(12 * hour, 1),
    ],
  },
  "waiting-for-commit": {
    description: "nearly prepared, then parked until someone commits",
    nodes: 4,
    phases: [
      preparing(12, manualRolling, [94, 100]),
      prepared(24 * hour, manualRolling),
      ...commit(manualRolling),
      away(25, manualRolling),
      idle(12 * hour, 1),
    ],
  },
  "back-to-back": {
    description: "two upgrades with hardly an idle between",
    nodes: 4,
    phases: [
      idle(10),
      preparing(2 * minute, software),
      ...commit(software),
      away(20, software),
      idle(2, 1),
      preparing(4 * minute, software, [0, 100], { release: 1, target: 2 }),
      ...commit(software, { release: 1, target: 2 }),
      away(25, software, { release: 2, target: 2 }),
      idle(12 * hour, 2),
    ],
  },
  "platform-complete": {
    description: "platform upgrade, complete reboot: refused, hanging, broken TLS, 503, 401, back",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(20 * minute, platform),
      ...commit(platform),
      completeReboot(10),
      completeReboot(4 * minute, "refused"),
      completeReboot(minute, "hang"),
      completeReboot(20, "silent-tls"),
      completeReboot(20, "broken-tls"),
      completeReboot(20, "unavailable"),
      completeReboot(10, "empty"),
      completeReboot(10, "unauthorized"),
      idle(12 * hour, 1),
    ],
  },
  "long-absence": {
    description: "an expected absence that goes on for 45 minutes",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(5 * minute, platform),
      ...commit(platform),
      away(45 * minute, platform),
      idle(12 * hour, 1),
    ],
  },
  "endless-absence": {
    description: "an expected absence that never ends",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(5 * minute, platform),
      ...commit(platform),
      away(24 * hour, platform, { release: 0 }),
    ],
  },
  "prepare-fails": {
    description: "the prepare fails at 37 % and the error stays for hours",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(7 * minute, software, [0, 37]),
      preparing(12 * hour, software, [37, 37], {
        errorInfo:
          "Failed to install the upgrade image on node 3: not enough free space on the boot drive (needs 4.0 GiB, has 1.2 GiB).\n",
      }),
    ],
  },
  "prepare-cancelled": {
    description: "someone cancels the prepare at 60 %: idle again, without any error",
    nodes: 4,
    phases: [idle(minute), preparing(6 * minute, manual, [0, 60]), idle(12 * hour)],
  },
  "commit-without-change": {
    description: "the commit ends in idle, but the version did not change",
    nodes: 4,
    phases: [
      idle(10),
      preparing(2 * minute, software),
      ...commit(software),
      away(25, software, { release: 0 }),
      idle(12 * hour),
    ],
  },
  "progress-falls": {
    description: "progress falls from 60 % to 55 % and goes on",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(10 * minute, software, [0, 60]),
      preparing(10 * minute, software, [55, 100]),
      ...commit(software),
      away(25, software),
      idle(12 * hour, 1),
    ],
  },
  "lost-while-preparing": {
    description: "silent for twenty minutes in the middle of preparing, where that is an outage",
    nodes: 4,
    phases: [
      idle(minute),
      preparing(15 * minute, software, [0, 77]),
      preparing(20 * minute, software, [77, 77], { behaviour: "refused" }),
      preparing(5 * minute, software, [77, 100]),
      ...commit(software),
      away(25, software),
      idle(12 * hour, 1),
    ],
  },
} as const satisfies Record<string, Scenario>;
