import type { Span, StatusSpan } from "../span.ts";
import { type EpochMs, isState } from "../status.ts";
import { versionText } from "../version.ts";

/** Something that should not be, marked and not hidden. */
export type Anomaly = {
  readonly reason:
    | "progress-fell"
    | "target-changed"
    | "prepared-with-auto-commit"
    | "unknown-state";
  readonly at: EpochMs;
  readonly figure: string;
};

/**
 * What went on in a run that should not have.
 *
 * @param spans the run's, oldest first
 * @param targetChanged whether it began because the target of the run before it changed
 */
export function anomaliesOf(spans: readonly Span[], targetChanged: boolean): readonly Anomaly[] {
  const found: Anomaly[] = [];
  let before: StatusSpan | undefined;
  for (const span of spans) {
    if (span.kind === "status") {
      if (before === undefined && targetChanged) {
        const target = span.status.settings?.target_version ?? "";
        found.push({ reason: "target-changed", at: span.from, figure: versionText(target) });
      }
      found.push(...fallOf(before, span), ...oddStateOf(before, span));
      before = span;
    } else if (span.kind === "unobserved" && before !== undefined) {
      // What happened while nobody watched is not known: a prepare may have been begun anew.
      before = { ...before, status: { ...before.status, progress: null } };
    }
  }
  return found;
}

function fallOf(before: StatusSpan | undefined, span: StatusSpan): readonly Anomaly[] {
  const was = preparingPercent(before);
  const is = preparingPercent(span);
  if (was === null || is === null || is >= was) {
    return [];
  }
  const figure = `${Math.floor(was)} % to ${Math.floor(is)} %`;
  return [{ reason: "progress-fell", at: span.from, figure }];
}

function preparingPercent(span: StatusSpan | undefined): number | null {
  return span?.status.state === "UPGRADE_STATE_PREPARING" ? span.status.progress : null;
}

function oddStateOf(before: StatusSpan | undefined, span: StatusSpan): readonly Anomaly[] {
  const { state, settings } = span.status;
  if (before?.status.state === state) {
    return [];
  }
  if (!isState(state)) {
    return [{ reason: "unknown-state", at: span.from, figure: state }];
  }
  return state === "UPGRADE_STATE_PREPARED" && settings?.auto_commit === true
    ? [{ reason: "prepared-with-auto-commit", at: span.from, figure: "auto_commit true" }]
    : [];
}
