import type { EpochMs, UpgradeStatus } from "./status.ts";

/** Every way in which a poll can fail, as the contract names them. */
export const failureKinds = [
  "refused",
  "timeout",
  "reset",
  "dns",
  "tls",
  "http",
  "auth",
  "invalid",
] as const;

/** Why a poll brought no status. */
export type FailureKind = (typeof failureKinds)[number];

/** A failed poll in words for people; never holds a secret or a body of the cluster. */
export type Failure = {
  readonly kind: FailureKind;
  readonly message: string;
  /**
   * True when the peer was not trusted, by its certificate (pin, CA, name or date) or because it calls itself another
   * cluster than is configured: never excused as an absence.
   */
  readonly trust?: boolean | undefined;
};

/** What one poll brought. Exactly one observation comes of each poll. */
export type Observation = {
  /** When the poll was sent. */
  readonly startedAt: EpochMs;
  /** When its answer was complete, or its failure certain. */
  readonly at: EpochMs;
  /** The address that answered or failed, e.g. `https://10.20.0.11:8000`; null when there was none to ask. */
  readonly node: string | null;
} & (
  | {
      readonly kind: "status";
      readonly status: UpgradeStatus;
      /** The running version, e.g. `7.1.4`, as last read from the cluster; null when it could not be read. */
      readonly version: string | null;
    }
  | { readonly kind: "unreachable"; readonly failure: Failure }
);
