import { useEffect, useRef } from "react";
import { ApiError, type Received } from "../../api/fetchJson.ts";
import { canLoadAgain } from "../../api/health.ts";
import { steadyNowMs } from "../../api/steadyClock.ts";
import type { PageAnswer } from "../pageAnswer.ts";
import { wallReload } from "./reasons.ts";
import { remember, tabMemory } from "./tabMemory.ts";

/** The build that answered first since the page was loaded, which is the page's own. */
let pageBuild: string | undefined;

function pageBuildGiven(heard: string | undefined): string | undefined {
  pageBuild ??= heard;
  return pageBuild;
}

/** What a wall has heard last. */
type WallNews = {
  readonly received: Received<PageAnswer> | undefined;
  /** Why the last question failed, where it did. */
  readonly error: Error | null;
  readonly isSomeoneNeeded: boolean;
};

/**
 * Loads a wall anew where {@link wallReload} says so. It looks at every answer, so the server has just answered, and it
 * asks once more before it leaves the picture that it has.
 */
export function useWallReload({ received, error, isSomeoneNeeded }: WallNews): void {
  const isAsking = useRef(false);
  useEffect(() => {
    const isUnderstood = error === null && received !== undefined;
    const build = isUnderstood ? received.answer.build : buildOf(error);
    const reason = wallReload({
      firstBuild: pageBuildGiven(received?.answer.build),
      build,
      reloadedFor: tabMemory().build,
      isUnderstood,
      isSomeoneNeeded,
      pageAgeMs: steadyNowMs(),
    });
    const loadAnew = async (): Promise<void> => {
      isAsking.current = true;
      if (await canLoadAgain()) {
        remember(reason === "build" && build !== undefined ? { build } : {});
        location.reload();
      }
      isAsking.current = false;
    };
    if (reason !== null && !isAsking.current) {
      void loadAnew();
    }
  }, [received, error, isSomeoneNeeded]);
}

/** Whether another build answers than the page's own; a page that someone works with offers to load it, no more. */
export function isNewBuild(
  received: Received<PageAnswer> | undefined,
  error: Error | null,
): boolean {
  const own = pageBuildGiven(received?.answer.build);
  return own !== undefined && (buildOf(error) ?? received?.answer.build) !== own;
}

function buildOf(error: Error | null): string | undefined {
  return error instanceof ApiError ? (error.build ?? undefined) : undefined;
}
