/** Upgrades for the specs, as our API would tell them of a story. */
import type { RunDetail, RunSummary } from "../../contract/runs.ts";
import { digestOf } from "../../upgrade/runs/digest.ts";
import { runRecords } from "../../upgrade/runs/record.ts";
import type { Story } from "../../upgrade/testing/story.ts";
import { outcomeWords } from "../../upgrade/words/outcome.ts";

/** The upgrades of a story, oldest first. */
export function runsOf({ spans }: Story): readonly RunSummary[] {
  return runRecords(spans).map((record) => {
    const { facts: _facts, storedFrom: _storedFrom, ...digest } = digestOf(record, spans);
    const { outcome, settings, proof, states, waits, absentMs, sampling } = digest;
    return {
      ...digest,
      cluster: "lon-prod-1",
      name: "London production",
      inFlight: digest.to === null,
      settings: settings === null ? null : { ...settings },
      proof: proof === null ? null : { ...proof },
      outcome: {
        kind: outcome.kind,
        reason: outcome.kind === "unproven" ? outcome.reason : null,
        words: outcomeWords(record),
      },
      states: states.map((state) => ({ ...state })),
      waits: waits.map((wait) => ({ ...wait })),
      absentMs: { ...absentMs },
      sampling: { ...sampling },
    };
  });
}

/** The only upgrade of a story, in full; its absences and its oddities are left out. */
export function detailOf(story: Story): RunDetail {
  const [run] = runsOf(story);
  const [record] = runRecords(story.spans);
  if (run === undefined || record === undefined) {
    throw new Error("There is no upgrade in this story.");
  }
  return {
    ...run,
    now: story.now,
    revision: "r1",
    absences: [],
    errors: record.errors.map((each) => ({ ...each })),
    anomalies: [],
    notes: null,
    previous: null,
    next: null,
  };
}
