/** Stories of rolling reboots: node after node, while the others answer. */
import type { Scenario } from "../scenario.ts";
import {
  commit,
  hour,
  idle,
  minute,
  preparing,
  rebooting,
  rolling,
  rollingReboot,
} from "./phases.ts";

const everyNode = [0, 1, 2, 3, 4, 5];

/** Rolling reboots by name. */
export const reboots = {
  "platform-rolling": {
    description: "platform upgrade, six nodes one after another, behind an address that floats",
    nodes: 6,
    phases: [
      idle(minute),
      preparing(20 * minute, rolling),
      ...commit(rolling),
      ...rollingReboot({ order: everyNode, floating: true }),
      idle(12 * hour, 1),
    ],
  },
  "rolling-node-dark": {
    description: "each node is dark for seven minutes while it reboots; the others answer",
    nodes: 6,
    phases: [
      idle(minute),
      preparing(10 * minute, rolling),
      ...commit(rolling),
      ...rollingReboot({ order: everyNode }),
      idle(12 * hour, 1),
    ],
  },
  "rolling-away-and-back": {
    description: "begins with two of six nodes back; the first node is the next to reboot",
    nodes: 6,
    phases: [
      rebooting(2 * minute, [1, 2]),
      ...rollingReboot({ before: [1, 2], order: [0, 3, 4, 5] }),
      idle(12 * hour, 1),
      preparing(10 * minute, rolling, [0, 100], { release: 1, target: 2 }),
      ...commit(rolling, { release: 1, target: 2 }),
    ],
  },
  "rolling-freezes": {
    description: "waits 90 minutes for the restriper after the second node, then goes on",
    nodes: 6,
    phases: [
      idle(minute),
      preparing(10 * minute, rolling),
      ...commit(rolling),
      ...rollingReboot({ order: [0, 1] }),
      rebooting(90 * minute, [0, 1]),
      ...rollingReboot({ before: [0, 1], order: [2, 3, 4, 5] }),
      idle(12 * hour, 1),
    ],
  },
  "rolling-stops-on-error": {
    description: "stops on an error after the second node, which only the reboot endpoint shows",
    nodes: 6,
    phases: [
      idle(minute),
      preparing(10 * minute, rolling),
      ...commit(rolling),
      ...rollingReboot({ order: [0, 1] }),
      rebooting(6 * hour, [0, 1], {
        rebootState: "REBOOT_PAUSED_DUE_TO_ERROR",
        rebootError: "Node 3 did not rejoin the quorum in time.",
      }),
    ],
  },
} as const satisfies Record<string, Scenario>;
