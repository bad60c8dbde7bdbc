import { minuteMs, secondMs } from "../upgrade/duration.ts";
import type { RebootProgress } from "../upgrade/situation.ts";
import { isIdle, isState, states } from "../upgrade/status.ts";
import type { Clock } from "./clock.ts";
import type { Cluster } from "./cluster/cluster.ts";

/** What the endpoints beside the status tell. Each is optional, and none of them holds up the picture. */
export type Besides = {
  readonly reboot: () => RebootProgress | null;
  /** Why the next upgrade may not start; null when nothing blocks it. */
  readonly blockedReason: () => string | null;
  /**
   * Asks what must be known before an answer in this state is published: whether a reboot that was under way is over,
   * for one node's idle is not the end of it.
   */
  readonly readBefore: (state: string) => Promise<void>;
  /** Asks what belongs to this state, after it was published. */
  readonly readAfter: (state: string) => Promise<void>;
  /** The wall clock was set: what was dated before is dated anew. */
  readonly clockSet: (byMs: number) => void;
};

const withinMs = secondMs;
const blockedEveryMs = minuteMs;
/** An endpoint that did not answer is left alone for so long. */
const pauseMs = 10 * secondMs;
/** What was last told of a reboot says nothing any more after so long. */
const rebootAgeMs = 30 * secondMs;

/** Watches the endpoints beside the status of one cluster. */
export function watchBesides(client: Cluster, clock: Clock, timeoutMs: number): Besides {
  const limitMs = Math.min(timeoutMs, withinMs);
  let reboot: (RebootProgress & { readonly readAtMs: number }) | null = null;
  let askRebootFromMs = Number.NEGATIVE_INFINITY;
  let blocked: { readonly reason: string | null; readonly readAtMs: number | null } = {
    reason: null,
    readAtMs: null,
  };
  let rebootIsOpen = false;

  const readReboot = async (): Promise<void> => {
    if (clock.steadyMs() < askRebootFromMs) {
      return;
    }
    const answer = await client.readReboot(limitMs);
    const nowMs = clock.steadyMs();
    if (answer === null) {
      askRebootFromMs = nowMs + pauseMs;
      reboot = reboot !== null && nowMs - reboot.readAtMs > rebootAgeMs ? null : reboot;
      return;
    }
    const moved = reboot === null || reboot.rebooted !== answer.rebooted;
    const since = moved || reboot === null ? clock.now() : reboot.since;
    reboot = { ...answer, since, readAtMs: nowMs };
  };

  const isOver = (): boolean => reboot === null || reboot.state === "REBOOT_IDLE";

  return {
    clockSet: (byMs) => {
      reboot = reboot && { ...reboot, since: reboot.since + byMs };
    },
    reboot: () => reboot,
    blockedReason: () => blocked.reason,
    readBefore: async (state) => {
      if (!isIdle(state)) {
        rebootIsOpen = rebootIsOpen || mayRestart(state);
      } else if (rebootIsOpen) {
        await readReboot();
        rebootIsOpen = !isOver();
      }
    },
    readAfter: async (state) => {
      if (mayRestart(state)) {
        await readReboot();
      } else if (!rebootIsOpen) {
        reboot = null;
      }
      const nowMs = clock.steadyMs();
      const isDue = blocked.readAtMs === null || nowMs - blocked.readAtMs >= blockedEveryMs;
      if (isIdle(state) && isDue) {
        const answer = await client.readBlocked(limitMs);
        blocked = { reason: answer?.reason ?? null, readAtMs: nowMs };
      } else if (!isIdle(state)) {
        blocked = { reason: null, readAtMs: null };
      }
    },
  };
}

function mayRestart(state: string): boolean {
  return isState(state) && states[state].precedesRestart;
}
