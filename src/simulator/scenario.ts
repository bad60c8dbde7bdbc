import type { UpgradeSettings } from "../upgrade/status.ts";
import {
  type Behaviour,
  type ClusterSituation,
  idleSituation,
  type Reboot,
  statusPath,
} from "./situation.ts";

/** What kind of upgrade it is; its version is told by {@link Phase.target}. */
export type UpgradeKind = Omit<UpgradeSettings, "install_path" | "target_version">;

/** A stretch of a scenario in which one thing holds, or one figure moves evenly. */
export type Phase = {
  readonly seconds: number;
  readonly state: string;
  /** The whole percent at the beginning and at the end; left out, it is 0 in IDLE and 100 elsewhere. */
  readonly progress?: readonly [from: number, to: number];
  readonly upgrade?: UpgradeKind;
  /** The running release, counted from the one before the scenario, which is 0, the default. */
  readonly release?: number;
  /** The release that the upgrade goes to; 1 when left out. */
  readonly target?: number;
  readonly errorInfo?: string;
  /** How many nodes are back from their reboot. */
  readonly rebooted?: number;
  readonly rebootState?: Reboot["state"];
  readonly rebootError?: string;
  readonly behaviour?: Behaviour;
  /** Nodes, counted from 0, that are down while the others answer. */
  readonly darkNodes?: readonly number[];
  /** Nodes that run the target already, whatever `release` says. */
  readonly upgradedNodes?: readonly number[];
  /** The body of the status reply, verbatim. */
  readonly rawBody?: string;
};

/** A story of a cluster, as data; it begins again, from the release that it has reached, when it is over. */
export type Scenario = {
  readonly description: string;
  /** How many nodes the cluster has; fewer of them may have an address to ask. */
  readonly nodes: number;
  readonly phases: readonly Phase[];
  readonly blockedReason?: string;
  readonly apiGenerations?: readonly (1 | 2 | 3)[];
};

/** How long a scenario lasts from its beginning to its end, in milliseconds of its own time. */
export function scenarioMs(scenario: Scenario): number {
  return scenario.phases.reduce((sum, phase) => sum + phase.seconds * 1000, 0);
}

/** Where a scenario stands at a moment. */
export type Position = {
  readonly phase: Phase;
  /** How often it has begun again. */
  readonly round: number;
  /** How much of the phase is over, from 0 to below 1. */
  readonly share: number;
  /** How long the phase will go on, in the scenario's own time. */
  readonly leftMs: number;
};

/**
 * Which phase a scenario is in, so long after it began; undefined if it has none.
 *
 * @param elapsedMs milliseconds of the scenario's own time; beyond its end it begins again
 */
export function positionAt(scenario: Scenario, elapsedMs: number): Position | undefined {
  const totalMs = scenarioMs(scenario);
  const round = totalMs === 0 ? 0 : Math.max(0, Math.floor(elapsedMs / totalMs));
  let passedMs = Math.max(0, elapsedMs) - round * totalMs;
  for (const phase of scenario.phases) {
    const phaseMs = phase.seconds * 1000;
    if (passedMs < phaseMs) {
      return { phase, round, share: passedMs / phaseMs, leftMs: phaseMs - passedMs };
    }
    passedMs -= phaseMs;
  }
  return undefined;
}

/**
 * What a cluster is, so long after its scenario began.
 *
 * @param elapsedMs milliseconds of the scenario's own time; beyond its end it begins again
 * @param beginsOn the release on which it begins, counted as those of its phases are
 */
export function situationAt(scenario: Scenario, elapsedMs: number, beginsOn = 0): ClusterSituation {
  const position = positionAt(scenario, elapsedMs);
  if (position === undefined) {
    return idleSituation;
  }
  const { phase, round, share } = position;
  const firstRelease = beginsOn + round * (scenario.phases.at(-1)?.release ?? 0);
  const running = releaseName(firstRelease + (phase.release ?? 0));
  const target = releaseName(firstRelease + (phase.target ?? 1));
  const { darkNodes = [], upgradedNodes = [] } = phase;
  return {
    ...idleSituation,
    state: phase.state,
    progress: progressAt(phase, share),
    settings:
      phase.upgrade === undefined
        ? null
        : {
            install_path: `/upgrade/qumulo_core_${target}.qimg`,
            target_version: target,
            ...phase.upgrade,
          },
    errorInfo: phase.errorInfo ?? null,
    version: running,
    reboot: rebootOf(phase, scenario.nodes),
    blockedReason: scenario.blockedReason ?? null,
    behaviour: phase.behaviour ?? "answering",
    nodes: Array.from({ length: scenario.nodes }, (_, node) => ({
      ...(darkNodes.includes(node) ? ({ behaviour: "refused" } as const) : {}),
      ...(upgradedNodes.includes(node) ? { version: target } : {}),
    })),
    apiGenerations: scenario.apiGenerations ?? [3],
    replies:
      phase.rawBody === undefined
        ? {}
        : {
            [statusPath]: {
              status: 200,
              headers: { "content-type": "application/json" },
              body: phase.rawBody,
            },
          },
  };
}

/** The name of a release, counted from the one that a scenario begins on; those before it are negative. */
export function releaseName(release: number): string {
  return release <= 0 ? `7.1.${release + 4}` : `7.2.${release + 2}`;
}

function progressAt({ state, progress }: Phase, share: number): number {
  if (progress === undefined) {
    return state === "UPGRADE_STATE_IDLE" ? 0 : 100;
  }
  const [from, to] = progress;
  return Math.min(to, Math.floor(from + (to - from + 1) * share));
}

function rebootOf({ rebooted, rebootState, rebootError }: Phase, nodes: number): Reboot {
  return rebooted === undefined
    ? idleSituation.reboot
    : {
        state: rebootState ?? "REBOOT_IN_PROGRESS",
        total: nodes,
        rebooted,
        error: rebootError ?? null,
      };
}
