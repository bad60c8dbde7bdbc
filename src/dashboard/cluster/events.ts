/** What happened to a cluster, told from its spans: the newest first. */
import { expectedAbsence, isExcusable } from "../../upgrade/absence.ts";
import { presentError } from "../../upgrade/runs/errors.ts";
import { missedStates } from "../../upgrade/missed.ts";
import type { Span, StatusSpan, UnobservedSpan, UnreachableSpan } from "../../upgrade/span.ts";
import { type EpochMs, stateWord } from "../../upgrade/status.ts";
import { sameVersion, versionText } from "../../upgrade/version.ts";
import { failureWord } from "../timeline/words/failureWord.ts";
import { nodeName } from "../shell/pageAnswer.ts";

/** One line of the list. */
export type HistoryEvent = {
  readonly key: string;
  readonly at: EpochMs;
  readonly kind:
    | "first-answer"
    | "state"
    | "away"
    | "unreachable"
    | "answering"
    | "error"
    | "error-cleared"
    | "version"
    | "target"
    | "fell"
    | "unobserved";
  /** What it is in a few words. */
  readonly title: string;
  /** The state that a change led to, for its shape; null for other events. */
  readonly state: string | null;
  /** More of it: a reason, a figure, the cluster's own text. */
  readonly note: string;
  /** For how long, where the event ended something; null otherwise. */
  readonly durationMs: number | null;
};

/**
 * Every event of a history, the newest first.
 *
 * @param spans oldest first
 * @param addresses how many addresses of the cluster are asked
 */
export function eventsOf(spans: readonly Span[], addresses: number): readonly HistoryEvent[] {
  const events: HistoryEvent[] = [];
  let heard: StatusSpan | undefined;
  let silentSince: EpochMs | null = null;
  for (const span of spans) {
    if (span.kind === "unobserved") {
      events.push(unobserved(span));
    } else if (span.kind === "unreachable") {
      if (silentSince === null) {
        silentSince = span.from;
        events.push(silence(span, heard, addresses));
      }
    } else {
      if (silentSince !== null) {
        events.push(answering(span, silentSince));
        silentSince = null;
      }
      events.push(...(heard === undefined ? firstAnswer(span) : changes(heard, span)));
      heard = span;
    }
  }
  return events.reverse();
}

function event(
  kind: HistoryEvent["kind"],
  at: EpochMs,
  title: string,
  note = "",
  more: Partial<Pick<HistoryEvent, "state" | "durationMs">> = {},
): HistoryEvent {
  return { key: `${kind}-${at}`, kind, at, title, note, state: null, durationMs: null, ...more };
}

function unobserved({ from, to }: UnobservedSpan): HistoryEvent {
  return event("unobserved", from, "Not observed", "Upgrade Watch was not watching", {
    durationMs: to - from,
  });
}

function silence(
  { from, failure, node }: UnreachableSpan,
  heard: StatusSpan | undefined,
  addresses: number,
): HistoryEvent {
  const isNamed = node === null || failure.message.includes(nodeName(node));
  const note = isNamed ? failure.message : `${failure.message} (${nodeName(node)})`;
  const expected = isExcusable(failure) && expectedAbsence(heard, addresses) !== null;
  return expected
    ? event("away", from, "Away as expected", note)
    : event("unreachable", from, failureWord(failure) ?? "Unreachable", note);
}

function answering({ from }: StatusSpan, silentSince: EpochMs): HistoryEvent {
  return event("answering", from, "Answering again", "", { durationMs: from - silentSince });
}

function firstAnswer({ from, status, version }: StatusSpan): readonly HistoryEvent[] {
  const runs = version === null ? "" : `runs ${versionText(version)}`;
  const first = event("first-answer", from, `First heard: ${stateWord(status.state)}`, runs, {
    state: status.state,
  });
  return [first, ...errorChange(null, presentError(status.error_info), from)];
}

/** What changed from one answer to the next; several things may change at once. */
function changes(before: StatusSpan, after: StatusSpan): readonly HistoryEvent[] {
  const at = after.from;
  const found: HistoryEvent[] = [];
  if (before.status.state !== after.status.state) {
    const words = missedStates(before, after).map((state) => stateWord(state));
    const note = words.length === 0 ? "" : `${listed(words)} not seen`;
    const title = `${stateWord(before.status.state)} → ${stateWord(after.status.state)}`;
    found.push(event("state", at, title, note, { state: after.status.state }));
  } else if (fell(before, after)) {
    const figures = `${Math.floor(before.status.progress ?? 0)} % → ${Math.floor(after.status.progress ?? 0)} %`;
    found.push(event("fell", at, "Progress fell", figures));
  }
  const target = after.status.settings?.target_version ?? null;
  const targetBefore = before.status.settings?.target_version ?? null;
  if (target !== null && targetBefore !== null && sameVersion(target, targetBefore) === false) {
    const note = `${versionText(targetBefore)} → ${versionText(target)}`;
    found.push(event("target", at, "Target changed", note));
  }
  if (sameVersion(before.version, after.version) === false) {
    const title = `Runs ${versionText(after.version ?? "")}`;
    found.push(event("version", at, title, `was ${versionText(before.version ?? "")}`));
  }
  const errorBefore = presentError(before.status.error_info);
  return [...found, ...errorChange(errorBefore, presentError(after.status.error_info), at)];
}

function errorChange(
  before: string | null,
  after: string | null,
  at: EpochMs,
): readonly HistoryEvent[] {
  if (before === after) {
    return [];
  }
  return after === null
    ? [event("error-cleared", at, "Error no longer reported")]
    : [event("error", at, "Error reported", firstLine(after))];
}

function fell({ status: before }: StatusSpan, { status: after }: StatusSpan): boolean {
  const preparing = after.state === "UPGRADE_STATE_PREPARING";
  return (
    preparing &&
    before.progress !== null &&
    after.progress !== null &&
    after.progress < before.progress
  );
}

const longestLine = 160;

function firstLine(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
