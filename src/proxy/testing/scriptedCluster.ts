import type { Generation } from "../../contract/clusterGenerations.ts";
import type { Reading } from "../../contract/clusterReply.ts";
import type { SignedInAs } from "../../contract/clusterSiblings.ts";
import type { Failure } from "../../upgrade/observation.ts";
import type { UpgradeStatus } from "../../upgrade/status.ts";
import type { Clock } from "../clock.ts";
import type { Cluster } from "../cluster/cluster.ts";

/** A cluster for the specs of the loop: it answers what it is set to, and counts what it is asked. */
export type ScriptedCluster = Cluster & {
  /** What the next polls bring; a function may throw, as no client should. */
  next: () => UpgradeStatus | Failure | Reading;
  version: string | null;
  /** What the reboot endpoint says; null where it does not answer. */
  reboot: Awaited<ReturnType<Cluster["readReboot"]>>;
  readonly asked: {
    status: number;
    version: number;
    reboot: number;
    blocked: number;
    renewed: number;
    name: number;
    whoAmI: number;
  };
  /** How long a poll takes. */
  tookMs: number;
  httpStatus: number | null;
  /** For how much of each poll the process is blocked. */
  blockedMs: number;
  /** What the cluster's own clock is ahead of ours. */
  clockAheadMs: number | null;
  /** What its nodes give cause to say. */
  remark: Partial<ReturnType<Cluster["remarks"]>>;
  generation: Generation;
  whoAmI: SignedInAs | null;
  /** What the cluster calls itself. */
  clusterName: string | null;
};

export const address = "https://127.0.0.1:8000";

/** A status as a cluster in this state has it. */
export function statusOf(state: string, progress: number | null = null): UpgradeStatus {
  const settings = {
    install_path: "/upgrade/qumulo_core_7.2.3.qimg",
    target_version: "7.2.3",
    upgrade_type: "SOFTWARE_ONLY",
    auto_commit: true,
    do_rolling_reboot: false,
    num_nodes_to_reboot: 1,
  };
  const isIdle = state === "UPGRADE_STATE_IDLE";
  return { state, progress, settings: isIdle ? null : settings, error_info: null };
}

/** A cluster that is idle on 7.1.4 until it is told otherwise. */
export function scriptedCluster(clock: Clock): ScriptedCluster {
  const cluster: ScriptedCluster = {
    next: () => statusOf("UPGRADE_STATE_IDLE"),
    version: "7.1.4",
    reboot: { total: 0, rebooted: 0, state: "REBOOT_IDLE", error: null },
    asked: { status: 0, version: 0, reboot: 0, blocked: 0, renewed: 0, name: 0, whoAmI: 0 },
    tookMs: 0,
    httpStatus: null,
    blockedMs: 0,
    clockAheadMs: null,
    generation: 3,
    whoAmI: null,
    clusterName: null,
    pollStatus: async () => {
      cluster.asked.status += 1;
      const startedMs = clock.steadyMs();
      if (cluster.tookMs > 0) {
        await new Promise<void>((resolve) => void clock.after(cluster.tookMs, resolve));
      }
      const outcome = cluster.next();
      const { blockedMs, clockAheadMs } = cluster;
      const latencyMs = clock.steadyMs() - startedMs;
      const startedAt = clock.dateOf(startedMs);
      const at = startedAt + Math.max(0, latencyMs - blockedMs);
      const clusterTime = clockAheadMs === null ? null : clock.now() + clockAheadMs;
      const base = { startedAt, at, node: address, latencyMs, blockedMs, clusterTime };
      if ("quality" in outcome) {
        return {
          ...base,
          outcome: { kind: "reading", reading: outcome, generation: cluster.generation },
        };
      }
      if ("state" in outcome) {
        const reading: Reading = { quality: "ok", status: outcome, remarks: [] };
        return { ...base, outcome: { kind: "reading", reading, generation: cluster.generation } };
      }
      const { httpStatus } = cluster;
      const trust = outcome.trust === true;
      return {
        ...base,
        outcome: { kind: "failure", failure: outcome, trust, httpStatus, retryAfterMs: null },
      };
    },
    readVersion: () => {
      cluster.asked.version += 1;
      return Promise.resolve({ version: cluster.version });
    },
    readReboot: () => {
      cluster.asked.reboot += 1;
      return Promise.resolve(cluster.reboot);
    },
    readBlocked: () => {
      cluster.asked.blocked += 1;
      return Promise.resolve({ reason: null });
    },
    readName: () => {
      cluster.asked.name += 1;
      return Promise.resolve(cluster.clusterName);
    },
    readWhoAmI: () => {
      cluster.asked.whoAmI += 1;
      return Promise.resolve(cluster.whoAmI);
    },
    nodes: () => [],
    renewSecrets: () => {
      cluster.asked.renewed += 1;
    },
    remark: {},
    remarks: () => ({
      "nodes-disagree": null,
      "identity-unchecked": null,
      "certificate-expires": null,
      "certificate-not-valid": null,
      ...cluster.remark,
    }),
    close: () => Promise.resolve(),
  };
  return cluster;
}
