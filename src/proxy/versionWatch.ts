import { minuteMs, secondMs } from "../upgrade/duration.ts";
import { isIdle, isState, states } from "../upgrade/status.ts";

/** What is known of the running version; moments by the steady clock. */
export type VersionKnowledge = {
  /** As last read; null when never, or when it could not be read where it may have changed. */
  readonly version: string | null;
  readonly readAtMs: number | null;
  /** Something happened since it was read that may have changed it: another state, or silence. */
  readonly doubtful: boolean;
  /** The state that was heard last. */
  readonly state: string | null;
  /** After a failed reading it is left alone until then. */
  readonly pausedUntilMs: number;
};

/** Nothing is known yet. */
export const unknownVersion: VersionKnowledge = {
  version: null,
  readAtMs: null,
  doubtful: true,
  state: null,
  pausedUntilMs: 0,
};

/** Read again at least this often. */
const versionAgeMs = minuteMs;
const pauseMs = 5 * secondMs;

/** Knowledge after an answer in this state, before the version is read for it. */
export function afterHearing(knowledge: VersionKnowledge, state: string): VersionKnowledge {
  return state === knowledge.state
    ? knowledge
    : { ...knowledge, state, doubtful: true, pausedUntilMs: 0 };
}

/** Knowledge after a poll that failed: whoever comes back may run another version. */
export function afterSilence(knowledge: VersionKnowledge): VersionKnowledge {
  return { ...knowledge, doubtful: true };
}

/** Whether to read the version before the answer that was heard is published. */
export function shouldReadVersion(knowledge: VersionKnowledge, nowMs: number): boolean {
  const { state, readAtMs, version, doubtful, pausedUntilMs } = knowledge;
  // While nodes restart, the version differs from node to node and proves nothing.
  if (
    (state !== null && isState(state) && states[state].precedesRestart) ||
    nowMs < pausedUntilMs
  ) {
    return false;
  }
  return doubtful || version === null || readAtMs === null || nowMs - readAtMs >= versionAgeMs;
}

/** Knowledge after the version was read; a reading that failed voids a doubtful version once idle. */
export function afterReading(
  knowledge: VersionKnowledge,
  version: string | null,
  nowMs: number,
): VersionKnowledge {
  if (version !== null) {
    return { ...knowledge, version, readAtMs: nowMs, doubtful: false, pausedUntilMs: 0 };
  }
  const isVoid = knowledge.doubtful && knowledge.state !== null && isIdle(knowledge.state);
  return {
    ...knowledge,
    version: isVoid ? null : knowledge.version,
    pausedUntilMs: nowMs + pauseMs,
  };
}
