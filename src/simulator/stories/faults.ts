/** Stories of clusters that refuse, break off, or say what nobody published. */
import type { Phase, Scenario } from "../scenario.ts";
import { hour, idle, minute, preparing, software } from "./phases.ts";

const healthySeconds = 30;

/** Half a minute of health, then one fault for good. */
const faultAfterHealth = (behaviour: NonNullable<Phase["behaviour"]>): readonly Phase[] => [
  idle(healthySeconds),
  idle(12 * hour, 0, { behaviour }),
];

/** A prepare whose progress is not what was published. */
const oddProgress = (progress: unknown): Phase =>
  preparing(minute, software, [0, 0], {
    rawBody: JSON.stringify({
      state: "UPGRADE_STATE_PREPARING",
      progress,
      settings: { ...software, install_path: "qumulo_core_7.2.3.qimg", target_version: "7.2.3" },
      error_info: null,
    }),
  });

/** Faults by name. */
export const faults = {
  "unauthorized-once": {
    description: "one 401 in every ten minutes, then as before",
    nodes: 4,
    phases: [idle(healthySeconds), idle(10 * minute, 0, { behaviour: "unauthorized-once" })],
  },
  unauthorized: {
    description: "401 for good",
    nodes: 4,
    phases: faultAfterHealth("unauthorized"),
  },
  forbidden: {
    description: "the token lacks the privilege to read the upgrade",
    nodes: 4,
    phases: [idle(12 * hour, 0, { behaviour: "forbidden" })],
  },
  "hang-after-accept": {
    description: "accepts connections and never answers",
    nodes: 4,
    phases: faultAfterHealth("hang"),
  },
  "half-a-body": {
    description: "cuts every reply in its middle",
    nodes: 4,
    phases: faultAfterHealth("half-body"),
  },
  "slow-drip": {
    description: "sends every reply a byte at a time",
    nodes: 4,
    phases: faultAfterHealth("drip"),
  },
  "html-with-200": {
    description: "a page in place of the status",
    nodes: 4,
    phases: faultAfterHealth("html"),
  },
  "unknown-state": {
    description: "names a state that nobody published",
    nodes: 4,
    phases: [
      idle(healthySeconds),
      { seconds: 12 * hour, state: "UPGRADE_STATE_VERIFYING", upgrade: software },
    ],
  },
  "odd-progress": {
    description: "a minute each of progress 101, 12.5 and the text 45",
    nodes: 4,
    phases: [101, 12.5, "45"].map(oddProgress),
  },
  "huge-error": {
    description: "an error text of a million characters",
    nodes: 4,
    phases: [
      preparing(12 * hour, software, [37, 37], { errorInfo: "disk failure; ".repeat(75_000) }),
    ],
  },
  "v2-only": {
    description: "an older cluster that knows the second generation of the API only",
    nodes: 4,
    apiGenerations: [2],
    phases: [idle(5 * minute), preparing(10 * minute, software), idle(12 * hour, 1)],
  },
  "v1-only": {
    description: "an old cluster that knows the first generation of the API only",
    nodes: 4,
    apiGenerations: [1],
    phases: [idle(5 * minute), preparing(10 * minute, software), idle(12 * hour, 1)],
  },
} as const satisfies Record<string, Scenario>;
