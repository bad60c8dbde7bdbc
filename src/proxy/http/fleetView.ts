import type { Clusters, ClusterStatus, Lanes } from "../../contract/api.ts";
import type { History } from "../../contract/spans.ts";
import type { RunAnswer, RunsAnswer } from "../runs/catalogue.ts";
import type { ReadCurves } from "../runs/curves.ts";
import type { Replay } from "../replay/replay.ts";
import type { RunsQuery } from "../runs/query.ts";
import type { EpochMs } from "../../upgrade/status.ts";

/** What the HTTP API reads; it neither polls nor stores. */
export type FleetView = {
  /** Whether every cluster was tried and the history was opened or given up. */
  readonly isReady: () => boolean;
  /**
   * All summaries. The same object until a tick replaces it, so that one prepared answer serves all viewers; its `now`
   * and its ages are those of that tick, true together.
   */
  readonly clusters: () => Clusters;
  /** One cluster, or undefined for an id that is not configured. */
  readonly status: (id: string) => ClusterStatus | undefined;
  /** The spans that touch the range, oldest first, or undefined for an id that is not configured. */
  readonly history: (id: string, from: EpochMs, to: EpochMs) => Promise<History | undefined>;
  /** The state lanes of all clusters since `from`. */
  readonly lanes: (from: EpochMs) => Promise<Lanes>;
  /** Upgrades, past and in flight, newest first. */
  readonly runs: (query: RunsQuery) => RunsAnswer;
  /** One upgrade in full. */
  readonly run: (cluster: string, run: string) => Promise<RunAnswer>;
  /** The same as of moments of the past. */
  readonly replay: Replay;
  /** How one upgrade prepared, with earlier ones of its kind. */
  readonly curves: ReadCurves;
};
