/**
 * What a cluster says of its upgrade, in the cluster's own names and values, and the one table of the six states.
 *
 * Source: Qumulo REST guide, `GET /v3/upgrade/status`.
 */

/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** The six settings of an upgrade; each is null where the cluster left it out or sent another type. */
export type UpgradeSettings = {
  readonly install_path: string | null;
  readonly target_version: string | null;
  readonly upgrade_type: string | null;
  readonly auto_commit: boolean | null;
  readonly do_rolling_reboot: boolean | null;
  readonly num_nodes_to_reboot: number | null;
};

/** One reply of the status endpoint after it was read and checked. */
export type UpgradeStatus = {
  /** One of {@link State}, or what the cluster said verbatim when it is none of them. */
  readonly state: string;
  /** Exact percent of PREPARING, 0 to 100; null when absent or not such a number. */
  readonly progress: number | null;
  readonly settings: UpgradeSettings | null;
  /** The cluster's own error text; null when it reports none. */
  readonly error_info: string | null;
};

/** The shape that stands for a state or a verdict, so that colour never carries the meaning alone. */
export type Shape =
  | "ring"
  | "filling-ring"
  | "two-bars"
  | "triangle-right"
  | "link"
  | "turning-arrow"
  | "question"
  | "warning"
  | "cross"
  | "tick"
  | "clock"
  | "lock"
  | "hourglass"
  | "diamond"
  | "gauge"
  | "broken-ring"
  | "dots";

type StateFacts = {
  /** The word on screen. */
  readonly word: string;
  /** The name of its colour token. */
  readonly token: "idle" | "preparing" | "prepared" | "committing" | "committed" | "rebooting";
  readonly shape: Shape;
  /** Position on the way from idle (0) to rebooting (5). */
  readonly order: number;
  /** What it means, in one plain sentence. */
  readonly meaning: string;
  /** Once seen, losing the API is expected: nodes or containers are about to restart. */
  readonly precedesRestart: boolean;
};

/** Every state there is, once. A new state breaks the build wherever it is not handled. */
export const states = {
  UPGRADE_STATE_IDLE: {
    word: "Idle",
    token: "idle",
    shape: "ring",
    order: 0,
    meaning: "Nothing is in flight.",
    precedesRestart: false,
  },
  UPGRADE_STATE_PREPARING: {
    word: "Preparing",
    token: "preparing",
    shape: "filling-ring",
    order: 1,
    meaning: "The new image is being staged beside the running one; clients notice nothing.",
    precedesRestart: false,
  },
  UPGRADE_STATE_PREPARED: {
    word: "Prepared",
    token: "prepared",
    shape: "two-bars",
    order: 2,
    meaning: "The image is staged and waits for someone to commit it.",
    precedesRestart: false,
  },
  UPGRADE_STATE_COMMITTING: {
    word: "Committing",
    token: "committing",
    shape: "triangle-right",
    order: 3,
    meaning: "The commit runs; the API may drop at any moment.",
    precedesRestart: true,
  },
  UPGRADE_STATE_COMMITTED: {
    word: "Committed",
    token: "committed",
    shape: "link",
    order: 4,
    meaning: "Committed; containers or nodes restart shortly. Not finished yet.",
    precedesRestart: true,
  },
  UPGRADE_STATE_REBOOTING: {
    word: "Rebooting",
    token: "rebooting",
    shape: "turning-arrow",
    order: 5,
    meaning: "Nodes reboot into the new version.",
    precedesRestart: true,
  },
} as const satisfies Record<string, StateFacts>;

/** The six states that Qumulo publishes. */
export type State = keyof typeof states;

/** The six states in the order in which an upgrade passes them. */
export const stateOrder = [
  "UPGRADE_STATE_IDLE",
  "UPGRADE_STATE_PREPARING",
  "UPGRADE_STATE_PREPARED",
  "UPGRADE_STATE_COMMITTING",
  "UPGRADE_STATE_COMMITTED",
  "UPGRADE_STATE_REBOOTING",
] as const satisfies readonly State[];

/** Whether a word from the wire is one of the six states; nothing is guessed from case or padding. */
export function isState(word: string): word is State {
  return Object.hasOwn(states, word);
}

/** The word on screen for a state from the wire; an unknown one is shown verbatim, never as healthy. */
export function stateWord(state: string): string {
  return isState(state) ? states[state].word : `Unrecognised: ${state}`;
}

/** Whether this state means that no upgrade is in flight. */
export function isIdle(state: string): boolean {
  return state === "UPGRADE_STATE_IDLE";
}
