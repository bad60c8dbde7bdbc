import type { UpgradeSettings } from "../upgrade/status.ts";

/** How a pretend node treats a connection. */
export const behaviours = [
  "answering",
  "refused",
  "reset",
  "hang",
  "half-body",
  "broken-tls",
  "unavailable",
  "unauthorized",
  "forbidden",
] as const;

/** How a pretend node treats a connection; everything but `answering` is a real fault on a real socket. */
export type Behaviour = (typeof behaviours)[number];

/** What the reboot endpoint of a pretend cluster tells. */
export type Reboot = {
  readonly state:
    | "REBOOT_IDLE"
    | "REBOOT_IN_PROGRESS"
    | "REBOOT_PAUSED"
    | "REBOOT_PAUSED_DUE_TO_ERROR";
  readonly total: number;
  readonly rebooted: number;
  readonly error: string | null;
};

/** Everything a pretend cluster is at one moment. A scenario is a function of time to this; a test sets it by hand. */
export type ClusterSituation = {
  readonly state: string;
  readonly progress: number | null;
  readonly settings: UpgradeSettings | null;
  readonly errorInfo: string | null;
  /** The running version, e.g. `7.1.4`. */
  readonly version: string;
  readonly reboot: Reboot;
  /** Why the next upgrade may not start; null when nothing blocks it. */
  readonly blockedReason: string | null;
  readonly behaviour: Behaviour;
  /** Which nodes, counted from 0, are down though the cluster as a whole answers. */
  readonly darkNodes: readonly number[];
  /** Which generations of the status endpoint exist here. */
  readonly apiGenerations: readonly (1 | 2 | 3)[];
  /** A reply sent verbatim in place of the status, for hostile and broken input. */
  readonly rawReply: RawReply | null;
};

/** A status reply to send as it is. */
export type RawReply = {
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

/** A cluster with nothing in flight. */
export const idleSituation: ClusterSituation = {
  state: "UPGRADE_STATE_IDLE",
  progress: null,
  settings: null,
  errorInfo: null,
  version: "7.1.4",
  reboot: { state: "REBOOT_IDLE", total: 0, rebooted: 0, error: null },
  blockedReason: null,
  behaviour: "answering",
  darkNodes: [],
  apiGenerations: [3],
  rawReply: null,
};

/** Settings as a software-only upgrade with automatic commit has them. */
export const usualSettings: UpgradeSettings = {
  install_path: "/upgrade/qumulo_core_7.2.3.qimg",
  target_version: "7.2.3",
  upgrade_type: "SOFTWARE_ONLY",
  auto_commit: true,
  do_rolling_reboot: false,
  num_nodes_to_reboot: 1,
};
