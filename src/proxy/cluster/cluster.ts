import type { NodeHealth } from "../../contract/api.ts";
import type { ClusterAccess } from "../../contract/clusterAccess.ts";
import {
  readBlockedReply,
  readRebootReply,
  readSettingsReply,
  readVersionReply,
  readWhoAmIReply,
} from "../../contract/clusterSiblings.ts";
import { minuteMs, secondMs } from "../../upgrade/duration.ts";
import { type EpochMs, isIdle } from "../../upgrade/status.ts";
import type { Clock } from "../clock.ts";
import { ask } from "./ask.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import {
  type Exchange,
  type ExchangeOptions,
  openExchange,
  type paths,
  type Reply,
} from "./exchange.ts";
import { clusterTime } from "./httpFailure.ts";
import { type CertificateRemarks, certificateRemarks } from "./nodes/certificates.ts";
import { disagreementOf } from "./nodes/disagreement.ts";
import { openNodeBoard } from "./nodes/nodeBoard.ts";
import { noAddress, openStatusRounds, problemOf, stateOf } from "./nodes/statusRounds.ts";
import { openGenerationProbe, type StatusOutcome } from "./generation.ts";
import { openIdentityCheck } from "./identity.ts";
import { type Attendance, openSession } from "./session.ts";

/** What one poll of the status brought. */
export type StatusPoll = {
  readonly startedAt: EpochMs;
  readonly at: EpochMs;
  /** The address that answered, or whose failure says most. */
  readonly node: string | null;
  readonly latencyMs: number;
  /** For how much of that this process could not run: how old an answer is by then is anyone's guess. */
  readonly blockedMs: number;
  /** What the cluster's own clock said, to the second; null where it said nothing. */
  readonly clusterTime: EpochMs | null;
  readonly outcome: StatusOutcome;
};

/** One cluster, reached through any of its addresses. Nothing here ever throws or rejects. */
export type Cluster = {
  readonly pollStatus: (timeoutMs: number) => Promise<StatusPoll>;
  readonly readVersion: (timeoutMs: number) => Promise<{ readonly version: string | null }>;
  readonly readReboot: (timeoutMs: number) => Promise<ReturnType<typeof readRebootReply>>;
  readonly readBlocked: (timeoutMs: number) => Promise<ReturnType<typeof readBlockedReply>>;
  /** What the cluster calls itself. */
  readonly readName: (timeoutMs: number) => Promise<string | null>;
  readonly readWhoAmI: (timeoutMs: number) => Promise<ReturnType<typeof readWhoAmIReply>>;
  readonly nodes: () => readonly NodeHealth[];
  /** Reads a token from its file again, from the next poll on; what was signed in for stays until it is refused. */
  readonly renewSecrets: () => void;
  /** What is worth knowing of its nodes and no verdict, by the code of its notice; null where there is nothing. */
  readonly remarks: () => NodeRemarks;
  /** Ends whatever is under way. */
  readonly close: () => Promise<void>;
};

/** What the nodes of a cluster give cause to say. */
export type NodeRemarks = CertificateRemarks & {
  readonly "nodes-disagree": string | null;
  readonly "identity-unchecked": string | null;
};

/** The codes of all of them. */
export const remarkCodes = [
  "nodes-disagree",
  "identity-unchecked",
  "certificate-expires",
  "certificate-not-valid",
] as const satisfies readonly (keyof NodeRemarks)[];

/** So often an address that the polls leave out is asked: seldom, or many nodes would multiply the load. */
const probeEveryMs = { calm: minuteMs, moving: 15 * secondMs };
/** So long after one address was probed no other is. */
const probePauseMs = 10 * secondMs;
const nameWithinMs = secondMs;
/** An endpoint that was refused may be allowed later: a privilege was given, a node has booted. */
const askAgainAfterMs = minuteMs;

/** What the way to a cluster works with. */
export type ClusterTools = {
  readonly clock: Pick<Clock, "steadyMs" | "dateOf">;
  readonly userAgent: string;
  /** For how long in all this process could not run. */
  readonly blockedMs?: () => number;
  readonly lookup?: ExchangeOptions["lookup"];
};

/**
 * Opens the way to a cluster. Its addresses are tried in turn within one deadline, beginning with the one that answered
 * last, so that one node's failure does not move the headline.
 */
export function openCluster(
  access: ClusterAccess,
  { clock, userAgent, blockedMs = () => 0, lookup }: ClusterTools,
): Cluster {
  const session = openSession(access.auth);
  const board = openNodeBoard(access.nodes, clock);
  const exchanges = access.nodes.map((url, index) =>
    openExchange(url, access.trust, {
      userAgent,
      lookup,
      onPeer: ({ validFrom, validTo }) =>
        board.noteCertificate(index, {
          url,
          from: Date.parse(validFrom),
          to: Date.parse(validTo),
        }),
    }),
  );
  const rounds = openStatusRounds(access.nodes, board, blockedMs);
  const unavailable = new Map<keyof typeof paths, number>();
  let clusterDate: EpochMs | null = null;
  const generation = openGenerationProbe();
  const identity = openIdentityCheck(access.clusterName, clock.steadyMs);
  let lastVersion: string | null = null;
  let probing: Promise<void> | undefined;
  let probedMs: number | null = null;

  const disagreement = (): string | null =>
    access.nodes.length < 2 ? null : disagreementOf(board.claims());

  const askStatus = async (
    index: number,
    attendance: Attendance,
    deadline: Deadline,
  ): Promise<StatusPoll["outcome"]> => {
    const exchange = exchanges[index];
    if (exchange === undefined) {
      return noAddress;
    }
    const outcome = await generation.ask(async (what) => {
      const answer = await ask(exchange, what, attendance, deadline);
      clusterDate = answer.kind === "reply" ? clusterTime(answer.reply.headers) : null;
      return answer;
    });
    if (outcome.kind === "failure") {
      identity.doubt(index);
      return outcome;
    }
    // A name that hangs must not hold up the picture, but a slow link needs its time for it too.
    const limitMs = Math.max(nameWithinMs, 3 * (deadline.totalMs - deadline.leftMs()));
    const share = startDeadline(Math.min(deadline.leftMs(), limitMs));
    const refusal = await identity.refusal(index, () =>
      ask(exchange, "settings", attendance, share),
    );
    return refusal ?? outcome;
  };

  const probe = async (index: number, exchange: Exchange, timeoutMs: number): Promise<void> => {
    const deadline = startDeadline(timeoutMs);
    const outcome = await askStatus(index, session.present(), deadline);
    const state = stateOf(outcome);
    if (state === null) {
      board.noteFailure(index, problemOf(outcome) ?? "");
    } else {
      board.noteAnswer(index, state);
      rounds.hear(state);
      // The version needs no token, so none is sent.
      const version = await exchange.read("version", null, deadline);
      if (version.ok && version.reply.httpStatus === 200) {
        board.noteVersion(index, readVersionReply(version.reply.body, version.reply.headers));
      }
    }
    probing = undefined;
  };

  /**
   * Asks, now and then and beside the polls, an address that these leave out: whether it is back, what it says, and what
   * it runs.
   */
  const probeAnother = (state: string | null, timeoutMs: number): void => {
    const nowMs = clock.steadyMs();
    if (probing !== undefined || (probedMs !== null && nowMs - probedMs < probePauseMs)) {
      return;
    }
    const isMoving = state !== null && !isIdle(state);
    const isAtOdds = disagreement() !== null;
    const everyMs = probeEveryMs[isMoving || isAtOdds ? "moving" : "calm"];
    const index = board.longestUnasked(everyMs);
    const exchange = index === null ? undefined : exchanges[index];
    if (index !== null && exchange !== undefined) {
      probedMs = nowMs;
      probing = probe(index, exchange, timeoutMs);
    }
  };

  /** An endpoint that may not exist here: asked at the address that answers, silent where it is refused. */
  const readOptional = async <Content>(
    what: keyof typeof paths,
    timeoutMs: number,
    read: (body: Reply["body"], headers: Reply["headers"]) => Content | null,
  ): Promise<Content | null> => {
    const exchange = exchanges[board.order()[0] ?? 0];
    if (exchange === undefined || clock.steadyMs() < (unavailable.get(what) ?? 0)) {
      return null;
    }
    const answer = await ask(exchange, what, session.attend(), startDeadline(timeoutMs));
    if (answer.kind === "reply") {
      return read(answer.reply.body, answer.reply.headers);
    }
    if (answer.httpStatus === 403 || answer.httpStatus === 404) {
      unavailable.set(what, clock.steadyMs() + askAgainAfterMs);
    }
    return null;
  };

  return {
    pollStatus: async (timeoutMs) => {
      const startedMs = clock.steadyMs();
      const blockedBeforeMs = blockedMs();
      const deadline = startDeadline(timeoutMs);
      const attendance = session.attend();
      const { outcome, node } = await rounds.next(
        (index, share) => askStatus(index, attendance, share),
        deadline,
        attendance.isRefused,
      );
      // By the clock that is never set: a poll can't end before it began.
      const latencyMs = Math.round(timeoutMs - deadline.leftMs());
      if (problemOf(outcome) === null) {
        probeAnother(stateOf(outcome), timeoutMs);
      }
      const lostMs = Math.round(blockedMs() - blockedBeforeMs);
      const startedAt = clock.dateOf(startedMs);
      // What was heard while we could not read it is rather taken for older than for fresher.
      const at = startedAt + Math.max(0, latencyMs - lostMs);
      const times = { startedAt, at, latencyMs, blockedMs: lostMs, clusterTime: clusterDate };
      return { ...times, node, outcome };
    },
    readVersion: async (timeoutMs) => {
      const index = board.order()[0] ?? 0;
      // Whether a restart is over hangs on the version, so a refusal is never taken for the last word.
      unavailable.delete("version");
      const version = await readOptional("version", timeoutMs, readVersionReply);
      if (version !== null) {
        board.noteVersion(index, version);
        if (lastVersion !== null && version !== lastVersion) {
          // Another release may have other endpoints.
          unavailable.clear();
          generation.forget();
        }
        lastVersion = version;
      }
      return { version };
    },
    readReboot: (timeoutMs) => readOptional("reboot", timeoutMs, readRebootReply),
    // The first generation tells it in the status itself.
    readBlocked: (timeoutMs) =>
      readOptional(
        generation.present() === 1 ? "statusV1" : "blocked",
        timeoutMs,
        readBlockedReply,
      ),
    readName: (timeoutMs) => readOptional("settings", timeoutMs, readSettingsReply),
    readWhoAmI: (timeoutMs) => readOptional("whoAmI", timeoutMs, readWhoAmIReply),
    nodes: board.list,
    renewSecrets: session.renew,
    remarks: () => ({
      "nodes-disagree": disagreement(),
      "identity-unchecked": identity.remark(),
      ...certificateRemarks(
        board.certificates(),
        access.trust.kind,
        clock.dateOf(clock.steadyMs()),
      ),
    }),
    close: async () => {
      await Promise.all(exchanges.map((exchange) => exchange.close()));
      await probing;
    },
  };
}
