import { olderApiWords } from "../contract/clusterGenerations.ts";
import type { SignedInAs } from "../contract/clusterSiblings.ts";
import { minuteMs, secondMs } from "../upgrade/duration.ts";
import type { Observation } from "../upgrade/observation.ts";
import {
  hearReboot,
  isRebooting,
  rebootProgress,
  type RebootProgress,
  type RebootTrace,
} from "../upgrade/reboot.ts";
import { type EpochMs, isIdle, isState, states } from "../upgrade/status.ts";
import type { Clock } from "./clock.ts";
import type { Cluster } from "./cluster/cluster.ts";
import type { StatusOutcome } from "./cluster/generation.ts";
import type { NoticeBoard } from "./notices.ts";
import { privilegeNotices } from "./privileges.ts";

/** What the endpoints beside the status tell. */
export type BesidesFacts = {
  readonly reboot: RebootProgress | null;
  /** Why the next upgrade may not start; null when nothing blocks it. */
  readonly blockedReason: string | null;
  /** What the cluster calls itself; null where that was not read. */
  readonly clusterName: string | null;
};

/** Watches the endpoints beside the status. Each is optional, and none of them holds up the picture. */
export type Besides = {
  readonly facts: () => BesidesFacts;
  /** Puts up what an answer says of itself: an older API, a schema that differs. */
  readonly noteAnswer: (outcome: StatusOutcome, at: EpochMs) => void;
  /**
   * Asks what must be known before an answer in this state is published: whether a reboot that was under way is over,
   * for one node's idle is not the end of it.
   */
  readonly readBefore: (state: string) => Promise<void>;
  /**
   * Asks what belongs to the state that was heard, after it was published; and where the status was refused (403), as
   * whom we are signed in.
   *
   * @returns whether anything else is to be shown now
   */
  readonly readAfter: (observation: Observation, outcome: StatusOutcome) => Promise<boolean>;
};

/** How to watch them. */
export type BesidesOptions = {
  readonly client: Cluster;
  readonly clock: Clock;
  readonly board: NoticeBoard;
  readonly timeoutMs: number;
  /** Whether the configuration says what the cluster should call itself. */
  readonly checksName: () => boolean;
};

const withinMs = secondMs;
/** An endpoint that did not answer is left alone for so long. */
const pauseMs = 10 * secondMs;
/** What was last told of a reboot says nothing any more after so long. */
const rebootAgeMs = 30 * secondMs;
const blockedEveryMs = minuteMs;
const stoppedRebootEveryMs = minuteMs;
/** Names and privileges hardly ever change; a privilege that is missing may be given at any moment. */
const rareEveryMs = 10 * minuteMs;
const missingEveryMs = minuteMs;
const atOnce = Number.NEGATIVE_INFINITY;

/** Watches the endpoints beside the status of one cluster. */
export function watchBesides(options: BesidesOptions): Besides {
  const { client, clock, board, checksName } = options;
  const limitMs = Math.min(options.timeoutMs, withinMs);
  let trace: RebootTrace | null = null;
  /** By the steady clock, as what it was made from. */
  let reboot: RebootProgress | null = null;
  let askRebootFromMs = atOnce;
  let rebootIsOpen = false;
  let blockedReason: string | null = null;
  let clusterName: string | null = null;
  let who: SignedInAs | null = null;
  let noted: StatusOutcome | undefined;
  const dueMs = { blocked: atOnce, name: atOnce, whoAmI: atOnce, stoppedReboot: atOnce };

  const readReboot = async (): Promise<void> => {
    if (clock.steadyMs() < askRebootFromMs) {
      return;
    }
    const answer = await client.readReboot(limitMs);
    const nowMs = clock.steadyMs();
    if (answer === null) {
      askRebootFromMs = nowMs + pauseMs;
      reboot = trace !== null && nowMs - trace.heardAt > rebootAgeMs ? null : reboot;
      return;
    }
    trace = hearReboot(trace, answer, nowMs);
    reboot = rebootProgress(answer, trace);
  };

  const readBlocked = async (): Promise<void> => {
    blockedReason = (await client.readBlocked(limitMs))?.reason ?? null;
    dueMs.blocked = clock.steadyMs() + blockedEveryMs;
  };

  /** A reboot that stopped on an error may be told by this endpoint alone, while the status says idle. */
  const readStoppedReboot = async (): Promise<void> => {
    await readReboot();
    reboot = rebootIsOpen || isStopped(reboot) ? reboot : null;
    dueMs.stoppedReboot = clock.steadyMs() + stoppedRebootEveryMs;
  };

  const readName = async (): Promise<void> => {
    const name = await client.readName(limitMs);
    // A name does not change because it can't be read for once.
    clusterName = name ?? clusterName;
    dueMs.name = clock.steadyMs() + rareEveryMs;
  };

  const readWhoAmI = async (isDenied: boolean): Promise<void> => {
    who = await client.readWhoAmI(limitMs);
    const { missing, excess } = privilegeNotices(who, [
      ...(isDenied ? (["PRIVILEGE_UPGRADE_READ"] as const) : []),
      "PRIVILEGE_REBOOT_READ",
      ...(checksName() ? (["PRIVILEGE_CLUSTER_READ"] as const) : []),
    ]);
    board.hold("privilege-missing", missing, clock.now());
    board.hold("privilege-excess", excess, clock.now());
    dueMs.whoAmI = clock.steadyMs() + (missing === null ? rareEveryMs : missingEveryMs);
  };

  /** One question at a time: of several that hang, each poll waits for one at most. */
  const readOneThatIsDue = async (state: string): Promise<void> => {
    const nowMs = clock.steadyMs();
    if (isIdle(state) && nowMs >= dueMs.blocked) {
      await readBlocked();
    } else if (isIdle(state) && nowMs >= dueMs.stoppedReboot) {
      await readStoppedReboot();
    } else if (nowMs >= dueMs.whoAmI) {
      await readWhoAmI(false);
    } else if (nowMs >= dueMs.name) {
      await readName();
    }
  };

  const readForState = async (state: string): Promise<void> => {
    if (mayRestart(state)) {
      await readReboot();
    } else if (!rebootIsOpen && !(isIdle(state) && isStopped(reboot))) {
      reboot = null;
      trace = null;
    }
    if (!isIdle(state)) {
      blockedReason = null;
      dueMs.blocked = atOnce;
    }
    await readOneThatIsDue(state);
  };

  const readForDenial = async (): Promise<void> => {
    if (clock.steadyMs() >= dueMs.whoAmI || !isMissing(board)) {
      await readWhoAmI(true);
    }
  };

  /** Whether nothing is to be asked or forgotten in a state: nearly always, and a thousand clusters say so every second. */
  const isQuiet = (state: string): boolean => {
    const nowMs = clock.steadyMs();
    if (mayRestart(state) || reboot !== null || trace !== null) {
      return false;
    }
    if (nowMs >= dueMs.whoAmI || nowMs >= dueMs.name) {
      return false;
    }
    return isIdle(state)
      ? nowMs < dueMs.blocked && nowMs < dueMs.stoppedReboot
      : blockedReason === null && dueMs.blocked === atOnce;
  };

  /** Whether a reading changes what is shown. */
  const changes = async (reading: () => Promise<void>): Promise<boolean> => {
    const before = [reboot, blockedReason, clusterName, who];
    await reading();
    return [reboot, blockedReason, clusterName, who].some((fact, at) => fact !== before[at]);
  };

  return {
    facts: () => ({
      // Dated at last, so that a wall clock that is set does not tear its times apart.
      reboot: reboot && { ...reboot, since: clock.dateOf(reboot.since) },
      blockedReason,
      clusterName,
    }),
    noteAnswer: (outcome, at) => {
      if (outcome === noted) {
        return;
      }
      noted = outcome;
      if (outcome.kind === "reading" && outcome.reading.quality !== "invalid") {
        const { remarks } = outcome.reading;
        const isSchema = ({ field }: { field: string }): boolean => field === "schema";
        board.hold("older-api", olderApiWords[outcome.generation], at);
        board.hold("schema-differs", wordsOf(remarks.filter(isSchema)), at);
        board.hold("reply-suspect", wordsOf(remarks.filter((remark) => !isSchema(remark))), at);
      }
    },
    readBefore: async (state) => {
      if (!isIdle(state)) {
        rebootIsOpen = rebootIsOpen || mayRestart(state);
      } else if (rebootIsOpen) {
        await readReboot();
        rebootIsOpen = reboot !== null && isRebooting(reboot);
      }
    },
    readAfter: async (observation, outcome) => {
      if (observation.kind === "status" && isQuiet(observation.status.state)) {
        return false;
      }
      return changes(async () => {
        if (observation.kind === "status") {
          await readForState(observation.status.state);
        } else if (outcome.kind === "failure" && outcome.httpStatus === 403) {
          await readForDenial();
        }
      });
    },
  };
}

function isStopped(reboot: RebootProgress | null): boolean {
  return reboot?.state === "REBOOT_PAUSED_DUE_TO_ERROR";
}

function isMissing(board: NoticeBoard): boolean {
  return board.list().some(({ code }) => code === "privilege-missing");
}

function wordsOf(remarks: readonly { readonly message: string }[]): string | null {
  return remarks.length === 0 ? null : remarks.map(({ message }) => message).join(" ");
}

function mayRestart(state: string): boolean {
  return isState(state) && states[state].precedesRestart;
}
