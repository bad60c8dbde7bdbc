import type { EpochMs, State } from "../status.ts";
import type { RunOutcome } from "./run.ts";

/** How long one state of an earlier run lasted, all its stretches together. */
export type EarlierState = {
  readonly state: State;
  /** For how long it was heard; where `exact`, that is how long it lasted. */
  readonly ms: number;
  /**
   * The most that it can have lasted: what was not heard before and after it may have been its own. Null where nothing
   * bounds it, because nothing was heard before.
   */
  readonly mostMs: number | null;
  /** False where it was inferred, or a change into or out of it was not heard within two polls. */
  readonly exact: boolean;
  /** The longest time in it in which neither the state nor the whole percent changed, gaps included. */
  readonly longestStillMs: number;
};

/** What is kept in memory of a run that ended: enough to forecast another by. */
export type EarlierRun = {
  /** The cluster's id in the configuration. */
  readonly cluster: string;
  /** The run's id, e.g. `20261123T140726123Z`. */
  readonly run: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /**
   * False where its beginning fell into a gap, or its end into a time that nobody watched: `to - from` is then no measured
   * duration. An absence before its end does no harm: the first answer after it was the end.
   */
  readonly exact: boolean;
  readonly upgradeType: string | null;
  readonly rolling: boolean | null;
  /** How many nodes were to reboot at a time. */
  readonly nodesPerBatch: number | null;
  readonly autoCommit: boolean | null;
  readonly fromVersion: string | null;
  readonly targetVersion: string | null;
  readonly outcome: RunOutcome["kind"];
  /** In the order in which they were first passed. */
  readonly states: readonly EarlierState[];
  /**
   * Milliseconds from the start of PREPARING until each of {@link preparingMarks} was first heard; null where it was
   * not heard, or not within two polls of the percent before it. Empty where the start of PREPARING was not heard.
   */
  readonly preparing: readonly (number | null)[];
  /** How many nodes it had to reboot; null where it was not heard. */
  readonly nodes: number | null;
  /** How long single nodes took to reboot, as far as it was heard; often empty. */
  readonly perNodeMs: readonly number[];
};

/** The percents of PREPARING whose times are kept of an earlier run. */
export const preparingMarks = [
  5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100,
] as const;
