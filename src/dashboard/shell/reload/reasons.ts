import { hourMs, minuteMs } from "../../../upgrade/duration.ts";

/** What a wall knows when it asks itself whether to load anew. */
export type WallMoment = {
  /** The build that answered first; undefined when none was understood. */
  readonly firstBuild: string | undefined;
  /** The build that answered last; undefined where it does not say. */
  readonly build: string | undefined;
  /** The build for which this tab was loaded anew already. */
  readonly reloadedFor: string | null;
  /** Whether the newest answer is understood; otherwise nothing on this wall is current anyway. */
  readonly isUnderstood: boolean;
  /** Whether a cluster on this wall asks for someone. */
  readonly isSomeoneNeeded: boolean;
  /** How long ago the page was loaded. */
  readonly pageAgeMs: number;
};

const dayMs = 24 * hourMs;

/**
 * Why a wall should load itself anew now: another `build` answers, or a `day` has passed, which bounds whatever a
 * browser gathers over months. Once for each build, so that a page and a server that never agree don't loop, and never
 * while someone is needed: the picture they look at must not blink.
 */
export function wallReload(moment: WallMoment): "build" | "day" | null {
  const { firstBuild, build, reloadedFor, isUnderstood, isSomeoneNeeded, pageAgeMs } = moment;
  if (isSomeoneNeeded && isUnderstood) {
    return null;
  }
  if (build !== undefined && build !== firstBuild && build !== reloadedFor) {
    return "build";
  }
  return isUnderstood && pageAgeMs >= dayMs ? "day" : null;
}

const shortestWaitSeconds = 30;
const longestWaitSeconds = 600;
const soonMs = 10 * minuteMs;

/** How often in a row the page broke soon after it was loaded, this time included. */
export function breaksInARow(before: number, pageAgeMs: number): number {
  return pageAgeMs < soonMs ? before + 1 : 1;
}

/** How long a page that broke waits before it loads itself anew: half a minute, then twice as long each time, to 10 min. */
export function secondsToWait(breaks: number): number {
  return Math.min(shortestWaitSeconds * 2 ** Math.max(0, breaks - 1), longestWaitSeconds);
}
