import type { UpgradeSettings } from "../upgrade/status.ts";
import { type Behaviour, type ClusterSituation, idleSituation, type Reboot } from "./situation.ts";

/** A stretch of a scenario in which one thing holds, or one figure moves evenly. */
export type Phase = {
  readonly seconds: number;
  readonly state: string;
  /** The percent at the beginning and at the end. */
  readonly progress?: readonly [from: number, to: number];
  readonly settings?: UpgradeSettings;
  readonly errorInfo?: string;
  readonly version?: string;
  /** Nodes that are back at the beginning and at the end of a rolling reboot. */
  readonly rebooted?: readonly [from: number, to: number];
  readonly rebootState?: Reboot["state"];
  readonly rebootError?: string;
  readonly behaviour?: Behaviour;
  readonly rawBody?: string;
};

/** A story of a cluster, as data; it begins again when it is over. */
export type Scenario = {
  readonly description: string;
  readonly nodes: number;
  readonly phases: readonly Phase[];
  readonly blockedReason?: string;
  readonly apiGenerations?: readonly (1 | 2 | 3)[];
  /** Whether the node that reboots is dark while the others answer. */
  readonly darkWhileRebooting?: boolean;
};

/** How long a scenario lasts from its beginning to its end, in milliseconds of its own time. */
export function scenarioMs(scenario: Scenario): number {
  return scenario.phases.reduce((sum, phase) => sum + phase.seconds * 1000, 0);
}

/**
 * What a cluster is, so long after its scenario began.
 *
 * @param elapsedMs milliseconds of the scenario's own time; beyond its end it begins again
 */
export function situationAt(scenario: Scenario, elapsedMs: number): ClusterSituation {
  const totalMs = scenarioMs(scenario);
  let leftMs = totalMs === 0 ? 0 : ((elapsedMs % totalMs) + totalMs) % totalMs;
  let phase: Phase | undefined;
  for (phase of scenario.phases) {
    if (leftMs < phase.seconds * 1000) {
      break;
    }
    leftMs -= phase.seconds * 1000;
  }
  if (phase === undefined) {
    return idleSituation;
  }
  const share = leftMs / (phase.seconds * 1000);
  const rebooted = phase.rebooted === undefined ? 0 : Math.floor(between(phase.rebooted, share));
  return {
    ...idleSituation,
    state: phase.state,
    progress: phase.progress === undefined ? null : roundToTenth(between(phase.progress, share)),
    settings: phase.settings ?? null,
    errorInfo: phase.errorInfo ?? null,
    version: phase.version ?? idleSituation.version,
    reboot: {
      state:
        phase.rebootState ?? (phase.rebooted === undefined ? "REBOOT_IDLE" : "REBOOT_IN_PROGRESS"),
      total: phase.rebooted === undefined ? 0 : scenario.nodes,
      rebooted,
      error: phase.rebootError ?? null,
    },
    blockedReason: scenario.blockedReason ?? null,
    behaviour: phase.behaviour ?? "answering",
    darkNodes:
      scenario.darkWhileRebooting === true &&
      phase.rebooted !== undefined &&
      rebooted < scenario.nodes
        ? [rebooted]
        : [],
    apiGenerations: scenario.apiGenerations ?? [3],
    rawReply:
      phase.rawBody === undefined
        ? null
        : { httpStatus: 200, headers: { "content-type": "application/json" }, body: phase.rawBody },
  };
}

function between([from, to]: readonly [number, number], share: number): number {
  return from + (to - from) * share;
}

function roundToTenth(value: number): number {
  return Math.floor(value * 10) / 10;
}
