/** The banner about the link: what is wrong, since when, whether that is expected, and how old the picture is. */
import type { ClusterStatus } from "../../../contract/api.ts";
import { expectedAbsence, settingsInFlight } from "../../../upgrade/absence.ts";
import { durationWords } from "../../../upgrade/duration.ts";
import type { Span } from "../../../upgrade/span.ts";
import { type EpochMs, stateWord } from "../../../upgrade/status.ts";
import { clockDuration, moment } from "../../ui/format.ts";

/** What is wrong with the link. Moments are told in words by functions, for they count on. */
export type Connection = {
  readonly kind: "away" | "late" | "outage" | "denied" | "unseen" | "faltering";
  readonly title: string;
  /** Since when nobody answers. */
  readonly since: EpochMs;
  /** Whether that is expected, and what that rests on. */
  readonly judgement: string;
  /** The newest reason; null where none is known. */
  readonly reason: string | null;
  /** When the cluster was last heard; null when never. */
  readonly heardAt: EpochMs | null;
  /** Which upgrade state it was last heard in; null when never. */
  readonly heardState: string | null;
};

/**
 * What is wrong with the link, or null while nothing is.
 *
 * @param spans the history, oldest first
 */
export function connectionOf(status: ClusterStatus, spans: readonly Span[]): Connection | null {
  const { link, verdict, observedAt } = status;
  const newest = spans.at(-1);
  const heard = spans.findLast((span) => span.kind === "status");
  const reason = newest?.kind === "unreachable" ? newest.failure.message : nodeReason(status);
  const failed = spans.findLast((span) => span.kind === "unreachable");
  const expected = expectedAbsence(heard, status.nodes.length, settingsInFlight(spans));
  const base = {
    reason,
    since: silentSince(status, spans),
    heardAt: observedAt,
    heardState: status.state,
  };
  switch (link) {
    case "answering":
      return newest?.kind === "unreachable" && !isAnswered(status, newest.from)
        ? {
            ...base,
            kind: "faltering",
            title: "The last poll was not answered",
            judgement: "Three in a row count as an outage.",
          }
        : null;
    case "away":
      return {
        ...base,
        kind: verdict === "late" ? "late" : "away",
        title: verdict === "late" ? "Late to return" : "Away as expected",
        judgement:
          expected === null
            ? "Expected at this point of an upgrade."
            : `Expected here: up to ${durationWords(expected.typicalMs)} is typical, ${durationWords(expected.limitMs)} is the limit (${expected.basis}).`,
      };
    case "outage":
      return {
        ...base,
        kind: "outage",
        reason: failed?.failure.message ?? reason,
        title: verdict === "outage" ? status.headline : "No answer",
        judgement:
          expected === null
            ? "Not expected at this point."
            : `Longer than the limit of ${durationWords(expected.limitMs)} (${expected.basis}), or not to be excused.`,
      };
    case "denied":
      return {
        ...base,
        kind: "denied",
        title: "Access denied",
        judgement: "The cluster answers, but refuses this sign-in.",
      };
    case "unseen":
      return {
        ...base,
        kind: "unseen",
        title: "No answer yet",
        judgement:
          observedAt === null
            ? "Nothing was ever heard of this cluster."
            : "What is shown was heard before Upgrade Watch was restarted.",
      };
  }
}

/** For how long, as of a moment: `Away as expected for 04:12`. */
export function connectionHeadline({ title, since }: Connection, now: EpochMs): string {
  return `${title} for ${clockDuration(now - since)}`;
}

/** How old the picture is, as of a moment. */
export function pictureAge(
  { heardAt, heardState }: Connection,
  now: EpochMs,
  zone: string,
): string {
  if (heardAt === null) {
    return "There is no picture yet.";
  }
  const state = heardState === null ? "" : ` ${stateWord(heardState)}`;
  return `Last heard${state} at ${moment(heardAt, now, zone)}, ${durationWords(now - heardAt)} ago.`;
}

function silentSince(
  { linkSince, observedAt, link }: ClusterStatus,
  spans: readonly Span[],
): EpochMs {
  // A silence that has turned from expected to not is told from its start.
  const group = spans.slice(spans.findLastIndex((span) => span.kind === "status") + 1);
  const first = group.find((span) => span.kind === "unreachable");
  if (link === "outage" && first === undefined && spans.length === 0) {
    return observedAt ?? linkSince;
  }
  // Answers now and then do not end an outage: it goes back before them.
  return Math.min(first?.from ?? linkSince, linkSince);
}

function nodeReason({ nodes }: ClusterStatus): string | null {
  return nodes.find(({ answered, reason }) => !answered && reason !== null)?.reason ?? null;
}

/** Whether the newest answer came after this failure: then the history is just about to say so too. */
function isAnswered({ observedAt }: ClusterStatus, failedAt: EpochMs): boolean {
  return observedAt !== null && observedAt >= failedAt;
}
