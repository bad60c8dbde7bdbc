import type { OutcomeKind } from "../../contract/runs.ts";
import type { RunDigest } from "../../upgrade/runs/digest.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { Named } from "./wire.ts";

/** Which runs are asked for. */
export type RunsQuery = {
  /** Ids of clusters; null for all. */
  readonly clusters: readonly string[] | null;
  /** Only runs that ended then or later, or go on. */
  readonly from: EpochMs | null;
  /** Only runs that began then or earlier. */
  readonly to: EpochMs | null;
  /** Only runs that ended like one of these; null for all. */
  readonly outcomes: readonly OutcomeKind[] | null;
  /** In lower case; each of them must be in the cluster's name or id, a version, or the run's id. */
  readonly words: readonly string[];
  readonly limit: number;
};

type Asked = Pick<RunDigest, "id" | "from" | "to" | "fromVersion" | "targetVersion"> & {
  readonly outcome: Pick<RunDigest["outcome"], "kind">;
};

/** Whether a run of a cluster is one that is asked for; its cluster is not looked at. */
export function isAskedFor(
  cluster: Named,
  run: Asked,
  query: Omit<RunsQuery, "clusters">,
): boolean {
  const { from, to, outcomes, words } = query;
  const text = [cluster.id, cluster.name, run.id, run.fromVersion, run.targetVersion]
    .join("\n")
    .toLowerCase();
  return (
    (from === null || run.to === null || run.to >= from) &&
    (to === null || run.from <= to) &&
    (outcomes === null || outcomes.includes(run.outcome.kind)) &&
    words.every((word) => text.includes(word))
  );
}
