import { minuteMs, secondMs } from "./duration.ts";
import type { Failure } from "./observation.ts";
import type { Span, StatusSpan } from "./span.ts";
import { isIdle, isState, states, type UpgradeSettings } from "./status.ts";

/** From this percent of PREPARING on, a cluster that commits by itself may go away at any moment. */
const nearEndPercent = 90;

/** What is known of an absence that was to be expected. */
export type ExpectedAbsence = {
  /** Whether someone should look all the same: after PREPARED nobody can know who committed. */
  readonly attention: "none" | "look";
  /** Up to this long it is nothing out of the ordinary. */
  readonly typicalMs: number;
  /** Beyond this it is an outage. */
  readonly limitMs: number;
  /** The kind of upgrade that the figures rest on, in words. */
  readonly basis: string;
};

/**
 * Whether a cluster may be away after what was last heard of it, and for how long; null where absence is an outage.
 *
 * @param last the last answer that was heard, or undefined if there was none
 * @param addresses how many addresses of the cluster are asked
 * @param settings of the upgrade in flight; a cluster may no longer report them once it reboots
 */
export function expectedAbsence(
  last: StatusSpan | undefined,
  addresses: number,
  settings: UpgradeSettings | null = last?.status.settings ?? null,
): ExpectedAbsence | null {
  if (last === undefined) {
    return null;
  }
  const { state, progress } = last.status;
  const endsByItself = settings?.auto_commit === true && (progress ?? 0) >= nearEndPercent;
  const restarts =
    (isState(state) && states[state].precedesRestart) ||
    (state === "UPGRADE_STATE_PREPARING" && endsByItself);
  const mayBeCommitted = state === "UPGRADE_STATE_PREPARED";
  if (!restarts && !mayBeCommitted) {
    return null;
  }
  return { attention: restarts ? "none" : "look", ...limits(state, settings, addresses) };
}

/** Whether a failure can be part of an expected absence: everything but a certificate that is not trusted. */
export function isExcusable(failure: Failure): boolean {
  return failure.trust !== true;
}

/** The settings of the upgrade in flight as last heard; null where none is in flight or none were heard. */
export function settingsInFlight(spans: readonly Span[]): UpgradeSettings | null {
  for (const span of spans.toReversed()) {
    if (span.kind === "status" && isIdle(span.status.state)) {
      return null;
    }
    if (span.kind === "status" && span.status.settings !== null) {
      return span.status.settings;
    }
  }
  return null;
}

function limits(
  state: string,
  settings: UpgradeSettings | null,
  addresses: number,
): Pick<ExpectedAbsence, "typicalMs" | "limitMs" | "basis"> {
  const rebooting = state === "UPGRADE_STATE_REBOOTING";
  if (settings?.upgrade_type === "SOFTWARE_ONLY" && !rebooting) {
    return { typicalMs: 30 * secondMs, limitMs: 5 * minuteMs, basis: "software only" };
  }
  if (settings?.do_rolling_reboot === true) {
    return addresses > 1
      ? {
          typicalMs: 5 * minuteMs,
          limitMs: 30 * minuteMs,
          basis: "rolling reboot, several addresses",
        }
      : { typicalMs: 15 * minuteMs, limitMs: 60 * minuteMs, basis: "rolling reboot, one address" };
  }
  const known = settings?.upgrade_type === "SOFTWARE_AND_PLATFORM";
  return {
    typicalMs: 15 * minuteMs,
    limitMs: 60 * minuteMs,
    basis: known ? "complete reboot" : "type not known",
  };
}
