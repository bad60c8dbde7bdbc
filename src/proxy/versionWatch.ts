import { minuteMs } from "../upgrade/duration.ts";
import { type EpochMs, isIdle, isState, states } from "../upgrade/status.ts";

/** What is known of the running version. */
export type VersionKnowledge = {
  /** As last read; null when never, or when it could not be read after a restart of the cluster. */
  readonly version: string | null;
  readonly readAt: EpochMs | null;
  /** Something happened since it was read that may have changed it: an upgrade in flight, or silence. */
  readonly doubtful: boolean;
};

/** Read again at least this often. */
const versionAgeMs = minuteMs;

/** Whether to read the version before an answer in this state is published. */
export function shouldReadVersion(
  knowledge: VersionKnowledge,
  state: string,
  now: EpochMs,
): boolean {
  // While nodes restart, the version differs from node to node and proves nothing.
  if (isState(state) && states[state].precedesRestart) {
    return false;
  }
  const old =
    knowledge.readAt === null ||
    knowledge.version === null ||
    now - knowledge.readAt >= versionAgeMs;
  return old || (knowledge.doubtful && isIdle(state));
}

/** What is known after a version was read in this state; a failed reading voids a doubtful version once idle. */
export function afterReading(
  knowledge: VersionKnowledge,
  state: string,
  version: string | null,
  now: EpochMs,
): VersionKnowledge {
  if (version !== null) {
    return { version, readAt: now, doubtful: false };
  }
  const keep = !isIdle(state) || !knowledge.doubtful;
  return { ...knowledge, version: keep ? knowledge.version : null };
}
