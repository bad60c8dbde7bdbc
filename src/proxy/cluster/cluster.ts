import type { NodeHealth } from "../../contract/api.ts";
import type { ClusterAccess } from "../../contract/clusterAccess.ts";
import { type Reading, readStatusReply } from "../../contract/clusterReply.ts";
import {
  readBlockedReply,
  readRebootReply,
  readVersionReply,
} from "../../contract/clusterSiblings.ts";
import { minuteMs } from "../../upgrade/duration.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { Clock } from "../clock.ts";
import { ask, type Refusal } from "./ask.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { type Exchange, openExchange, type paths, type Reply } from "./exchange.ts";
import { clusterTime } from "./httpFailure.ts";
import { openNodeBoard } from "./nodeBoard.ts";
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
  readonly outcome: { readonly kind: "reading"; readonly reading: Reading } | Refusal;
};

/** One cluster, reached through any of its addresses. Nothing here ever throws or rejects. */
export type Cluster = {
  readonly pollStatus: (timeoutMs: number) => Promise<StatusPoll>;
  readonly readVersion: (timeoutMs: number) => Promise<{ readonly version: string | null }>;
  readonly readReboot: (timeoutMs: number) => Promise<ReturnType<typeof readRebootReply>>;
  readonly readBlocked: (timeoutMs: number) => Promise<ReturnType<typeof readBlockedReply>>;
  readonly nodes: () => readonly NodeHealth[];
  /** Reads a token from its file again, from the next poll on; what was signed in for stays until it is refused. */
  readonly renewSecrets: () => void;
  /** Ends whatever is under way. */
  readonly close: () => Promise<void>;
};

const probeEveryMs = minuteMs;
/** An endpoint that was refused may be allowed later: a privilege was given, a node has booted. */
const askAgainAfterMs = minuteMs;

/** What the way to a cluster works with. */
export type ClusterTools = {
  readonly clock: Pick<Clock, "steadyMs" | "dateOf">;
  readonly userAgent: string;
  /** For how long in all this process could not run. */
  readonly blockedMs?: () => number;
};

/** A node that did not answer while this process was blocked for so long is not to blame. */
const excusedMs = 500;

/**
 * Opens the way to a cluster. Its addresses are tried in turn within one deadline, beginning with the one that answered
 * last, so that one node's failure does not move the headline.
 */
export function openCluster(
  access: ClusterAccess,
  { clock, userAgent, blockedMs = () => 0 }: ClusterTools,
): Cluster {
  const session = openSession(access.auth);
  const exchanges = access.nodes.map((url) => openExchange(url, access.trust, userAgent));
  const board = openNodeBoard(access.nodes, clock);
  const unavailable = new Map<keyof typeof paths, number>();
  let clusterDate: EpochMs | null = null;
  let lastVersion: string | null = null;
  let probing: Promise<void> | undefined;

  const askStatus = async (
    index: number,
    attendance: Attendance,
    deadline: Deadline,
  ): Promise<StatusPoll["outcome"]> => {
    const exchange = exchanges[index];
    if (exchange === undefined) {
      return noAddress;
    }
    const answer = await ask(exchange, "status", attendance, deadline);
    clusterDate = answer.kind === "reply" ? clusterTime(answer.reply.headers) : null;
    return answer.kind === "reply"
      ? { kind: "reading", reading: readStatusReply(answer.reply.body, answer.reply.headers) }
      : answer;
  };

  /** The addresses in turn, until one brings a valid reply; of several failures the one that says most is kept. */
  const askInTurn = async (
    deadline: Deadline,
  ): Promise<{ outcome: StatusPoll["outcome"]; node: string | null }> => {
    const attendance = session.attend();
    const order = board.order();
    let kept: { outcome: StatusPoll["outcome"]; node: string | null } = {
      outcome: noAddress,
      node: null,
    };
    for (const [place, index] of order.entries()) {
      const leftMs = deadline.leftMs();
      if (leftMs === 0 || attendance.isRefused()) {
        break;
      }
      // A node that hangs must leave time for another one.
      const isLast = place === order.length - 1;
      const share = startDeadline(isLast ? leftMs : leftMs / 2);
      const blockedBeforeMs = blockedMs();
      const outcome = await askStatus(index, attendance, share);
      const node = access.nodes[index] ?? null;
      const problem = problemOf(outcome);
      if (problem === null) {
        board.noteAnswer(index);
        board.stayWith(index);
        return { outcome, node };
      }
      if (blockedMs() - blockedBeforeMs < excusedMs) {
        board.noteFailure(index, problem);
      }
      if (kept.node === null || weight(outcome) > weight(kept.outcome)) {
        kept = { outcome, node };
      }
    }
    board.advance();
    return kept;
  };

  const probe = async (index: number, exchange: Exchange, timeoutMs: number): Promise<void> => {
    // The version needs no token, so none is sent.
    const result = await exchange.read("version", null, startDeadline(timeoutMs));
    if (!result.ok) {
      board.noteFailure(index, result.failure.message);
    } else if (result.reply.httpStatus === 200) {
      board.noteAnswer(index);
      board.noteVersion(index, readVersionReply(result.reply.body, result.reply.headers));
    } else {
      board.noteFailure(index, `The answer is ${result.reply.httpStatus}.`);
    }
    probing = undefined;
  };

  /** Asks, now and then and beside the polls, an address that these leave out: whether it is back, and what it runs. */
  const probeAnother = (timeoutMs: number): void => {
    const index = probing === undefined ? board.longestUnasked(probeEveryMs) : null;
    const exchange = index === null ? undefined : exchanges[index];
    if (index !== null && exchange !== undefined) {
      probing = probe(index, exchange, timeoutMs);
    }
  };

  /** An endpoint that may not exist here: asked at the address that answers, silent where it is refused. */
  const readOptional = async <Content>(
    what: keyof typeof paths,
    timeoutMs: number,
    read: (body: Uint8Array, headers: Reply["headers"]) => Content | null,
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
      const { outcome, node } = await askInTurn(deadline);
      // By the clock that is never set: a poll can't end before it began.
      const latencyMs = Math.round(timeoutMs - deadline.leftMs());
      if (problemOf(outcome) === null) {
        probeAnother(timeoutMs);
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
        }
        lastVersion = version;
      }
      return { version };
    },
    readReboot: (timeoutMs) => readOptional("reboot", timeoutMs, readRebootReply),
    readBlocked: (timeoutMs) => readOptional("blocked", timeoutMs, readBlockedReply),
    nodes: board.list,
    renewSecrets: session.renew,
    close: async () => {
      await Promise.all(exchanges.map((exchange) => exchange.close()));
      await probing;
    },
  };
}

const noAddress: Refusal = {
  kind: "failure",
  failure: { kind: "refused", message: "There is no address to ask." },
  trust: false,
  httpStatus: null,
  retryAfterMs: null,
};

/** What is wrong with an outcome; null for a valid reply. */
function problemOf(outcome: StatusPoll["outcome"]): string | null {
  if (outcome.kind === "failure") {
    return outcome.failure.message;
  }
  return outcome.reading.quality === "invalid" ? outcome.reading.message : null;
}

/** Which of several failures says most: distrust above all, then a refusal in words, then silence. */
function weight(outcome: StatusPoll["outcome"]): number {
  if (outcome.kind === "reading") {
    return 1;
  }
  if (outcome.trust) {
    return 3;
  }
  if (outcome.failure.kind === "auth") {
    return 2;
  }
  return outcome.httpStatus === null ? 0 : 1;
}
