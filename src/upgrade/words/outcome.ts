import type { RunRecord } from "../runs/record.ts";

type Told = Pick<RunRecord, "outcome" | "prepare" | "targetVersion" | "repeats" | "repeatedBy">;

/** How a run ended, in plain English: one or two sentences. */
export function outcomeWords(run: Told): string {
  const target = run.targetVersion ?? "the same target";
  const repeats = run.repeats === null ? "" : " It repeats the prepare before it.";
  const repeated = run.repeatedBy === null ? "" : ` The next run prepares ${target} again.`;
  return `${endWords(run)}${repeats}${repeated}`;
}

function endWords({ outcome, prepare, targetVersion }: Told): string {
  switch (outcome.kind) {
    case "in-flight":
      return "It goes on.";
    case "proven":
      return `Proven: idle on ${targetVersion ?? outcome.version}, as read from the cluster.`;
    case "not-committed":
      return "It ended without commit: the old version still runs.";
    case "superseded":
      return prepare === "abandoned"
        ? "It was abandoned before any commit: another target was set."
        : "Its end was not heard: the next upgrade began before it was heard idle.";
    case "unproven":
      return unprovenWords(outcome.reason, outcome.version, targetVersion);
  }
}

function unprovenWords(
  reason: Extract<RunRecord["outcome"], { kind: "unproven" }>["reason"],
  version: string | null,
  target: string | null,
): string {
  switch (reason) {
    case "other-version":
      return `Not proven: ${version ?? "another version"} runs, not ${target ?? "the target"}.`;
    case "version-unreadable":
      return "Not proven: the running version could not be read.";
    case "target-unknown":
      return "Not proven: which version was the target was not heard.";
    case "target-unreadable":
      return `Not proven: the target ${target ?? ""} can't be compared with the running version.`;
  }
}
