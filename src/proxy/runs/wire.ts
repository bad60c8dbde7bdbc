import type { RunDetail, RunSummary } from "../../contract/runs.ts";
import type { RunDigest } from "../../upgrade/runs/digest.ts";
import type { RunRecord } from "../../upgrade/runs/record.ts";
import { outcomeWords } from "../../upgrade/words/outcome.ts";

/** A cluster by its id and name. */
export type Named = { readonly id: string; readonly name: string };

/** A run as the API's lists tell it. */
export function runSummary({ id: cluster, name }: Named, digest: RunDigest): RunSummary {
  const { storedFrom: _storedFrom, facts: _facts, outcome, settings, proof, ...rest } = digest;
  return {
    ...rest,
    cluster,
    name,
    inFlight: digest.to === null,
    settings: settings && { ...settings },
    outcome: {
      kind: outcome.kind,
      reason: outcome.kind === "unproven" ? outcome.reason : null,
      words: outcomeWords(digest),
    },
    proof: proof && { ...proof },
    states: rest.states.map((state) => ({ ...state })),
    waits: rest.waits.map((wait) => ({ ...wait })),
    absentMs: { ...rest.absentMs },
    sampling: { ...rest.sampling },
  };
}

/** What only the full answer tells of a run. */
export function runParticulars(
  record: Pick<RunRecord, "absences" | "errors" | "anomalies">,
): Pick<RunDetail, "absences" | "errors" | "anomalies"> {
  return {
    absences: record.absences.map(({ failure, ...absence }) => ({
      ...absence,
      failure: failure && { ...failure },
    })),
    errors: record.errors.map((error) => ({ ...error })),
    anomalies: record.anomalies.map((anomaly) => ({ ...anomaly })),
  };
}
