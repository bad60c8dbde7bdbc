import type { Verdict } from "../../upgrade/verdictNames.ts";
import { sameVersion, versionText } from "../../upgrade/version.ts";
import type { ClusterFacts } from "../api/fleet/answer.ts";
import { mostCommon } from "../ui/collections.ts";

/** Where a cluster of a wave stands, the most urgent first. */
export const standings = ["failed", "look", "waiting", "running", "done", "next"] as const;
export type Standing = (typeof standings)[number];

/** How far a group of clusters is with the upgrade that it shares. */
export type Wave = {
  readonly total: number;
  readonly counts: Readonly<Record<Standing, number>>;
  /** The version that most of them go to or went to; null while none of them has begun. */
  readonly target: string | null;
  /** When the change window ends, where all that have one share it. */
  readonly windowEnd: number | null;
};

/** How far a group is. */
export function waveOf(clusters: readonly ClusterFacts[]): Wave {
  const target = mostCommon(clusters.flatMap((summary) => targetOf(summary) ?? []));
  const counts = { failed: 0, look: 0, waiting: 0, running: 0, done: 0, next: 0 };
  for (const summary of clusters) {
    counts[standingOf(summary, target)] += 1;
  }
  const ends = new Set(clusters.flatMap(({ windowEnd }) => windowEnd ?? []));
  const [end = null] = ends;
  return { total: clusters.length, counts, target, windowEnd: ends.size === 1 ? end : null };
}

/** A wave in words: `3 of 8 upgraded to 7.2.3 · 1 failed · 1 waits for you · 2 running · 1 next`. */
export function waveWords({ total, counts, target }: Wave): string {
  const { failed, look, waiting, running, done, next } = counts;
  const parts = [
    `${done} of ${total} upgraded${target === null ? "" : ` to ${target}`}`,
    failed === 0 ? "" : `${failed} failed or not answering`,
    look === 0 ? "" : `${look} to look at`,
    waiting === 0 ? "" : `${waiting} ${waiting === 1 ? "waits" : "wait"} for you`,
    running === 0 ? "" : `${running} running`,
    next === 0 ? "" : `${next} next`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

const standingByVerdict = {
  failed: "failed",
  outage: "failed",
  denied: "failed",
  unproven: "look",
  stalled: "look",
  late: "look",
  anomaly: "look",
  waiting: "waiting",
  slow: "look",
  away: "running",
  running: "running",
  done: "done",
  idle: "next",
  unseen: "look",
} as const satisfies Record<Verdict, Standing>;

function standingOf(summary: ClusterFacts, target: string | null): Standing {
  const { verdict, attention, runningVersion } = summary;
  if (attention === "act") {
    return "failed";
  }
  // Proof of an upgrade is news for a day; the version that runs stays true after that.
  if (verdict === "idle" && sameVersion(runningVersion, target) === true) {
    return "done";
  }
  return verdict === "away" && attention === "look" ? "look" : standingByVerdict[verdict];
}

/** The version that a cluster goes to, or has just gone to. */
function targetOf({ targetVersion, verdict, runningVersion }: ClusterFacts): string | null {
  const version = targetVersion ?? (verdict === "done" ? runningVersion : null);
  return version === null ? null : versionText(version);
}
