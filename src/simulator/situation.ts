import type { UpgradeSettings } from "../upgrade/status.ts";

/** How a pretend node treats a connection or a request; everything but `answering` is a real fault on a real socket. */
export const behaviours = [
  "answering",
  /** The listening socket is closed and all its connections are gone. */
  "refused",
  /** Every request is met with a TCP reset. */
  "reset",
  /** Requests are read and never answered. */
  "hang",
  /** The answer breaks off in its middle with a TCP reset. */
  "half-body",
  /** The answer comes a byte at a time and would take minutes. */
  "drip",
  /** What comes in place of the TLS handshake is not TLS. */
  "broken-tls",
  /** Connections are accepted, and the TLS handshake never happens. */
  "silent-tls",
  /** A proxy's page: 503 in HTML. */
  "unavailable",
  /** A login or booting page: 200 in HTML. */
  "html",
  /** 200 without a body. */
  "empty",
  "unauthorized",
  /** 401 to the next status request of each node, and none after. */
  "unauthorized-once",
  /** The token lacks the privilege to read the upgrade. */
  "forbidden",
] as const;

/** One of {@link behaviours}. */
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

/** A reply to send as it is: by its parts, or as the very bytes on the wire, after which the connection ends or stays. */
export type RawReply =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
    }
  | { readonly wire: string | Uint8Array; readonly thenClose: boolean };

/** What one node may tell or do differently from its cluster. */
export type NodeSituation = {
  readonly state: string;
  readonly progress: number | null;
  readonly settings: UpgradeSettings | null;
  readonly errorInfo: string | null;
  /** The running version, e.g. `7.1.4`. */
  readonly version: string;
  readonly behaviour: Behaviour;
  /** By path: replies sent verbatim to whoever asks, for hostile and broken input. */
  readonly replies: Readonly<Record<string, RawReply>>;
};

/** Everything a pretend cluster is at one moment. A scenario is a function of time to this; a test sets it by hand. */
export type ClusterSituation = NodeSituation & {
  readonly reboot: Reboot;
  /** Why the next upgrade may not start; null when nothing blocks it. */
  readonly blockedReason: string | null;
  readonly privileges: readonly string[];
  /** Which generations of the status endpoint exist here. */
  readonly apiGenerations: readonly (1 | 2 | 3)[];
  /** In what the nodes, counted from 0, differ from the cluster. */
  readonly nodes: readonly Partial<NodeSituation>[];
};

/** Where a present-day cluster tells of its upgrade. */
export const statusPath = "/v3/upgrade/status";

/** A cluster with nothing in flight. */
export const idleSituation: ClusterSituation = {
  state: "UPGRADE_STATE_IDLE",
  progress: 0,
  settings: null,
  errorInfo: null,
  version: "7.1.4",
  behaviour: "answering",
  replies: {},
  reboot: { state: "REBOOT_IDLE", total: 0, rebooted: 0, error: null },
  blockedReason: null,
  privileges: ["PRIVILEGE_UPGRADE_READ", "PRIVILEGE_REBOOT_READ", "PRIVILEGE_CLUSTER_READ"],
  apiGenerations: [3],
  nodes: [],
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

/** The cluster as one of its nodes tells it. */
export function nodeView(situation: ClusterSituation, node: number): ClusterSituation {
  return { ...situation, ...situation.nodes[node] };
}

/** The situation with one node told apart in some more points. */
export function withNode(
  situation: ClusterSituation,
  node: number,
  change: Partial<NodeSituation>,
): ClusterSituation {
  const count = Math.max(situation.nodes.length, node + 1);
  const nodes = Array.from({ length: count }, (_, index) =>
    index === node ? { ...situation.nodes[index], ...change } : (situation.nodes[index] ?? {}),
  );
  return { ...situation, nodes };
}
