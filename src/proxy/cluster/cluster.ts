import type { NodeHealth } from "../../contract/api.ts";
import type { ClusterAccess } from "../../contract/clusterAccess.ts";
import { type Reading, readStatusReply } from "../../contract/clusterReply.ts";
import {
  readBlockedReply,
  readRebootReply,
  readVersionReply,
} from "../../contract/clusterSiblings.ts";
import type { Failure } from "../../upgrade/observation.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { type Exchange, openExchange, type paths, type Reply } from "./exchange.ts";
import { httpFailureOf, retryAfterMs } from "./httpFailure.ts";
import { openSession } from "./session.ts";

/** What one poll of the status brought. */
export type StatusPoll = {
  readonly startedAt: EpochMs;
  readonly at: EpochMs;
  /** The address that answered, or failed last. */
  readonly node: string | null;
  readonly latencyMs: number;
  readonly outcome:
    | { readonly kind: "reading"; readonly reading: Reading }
    | {
        readonly kind: "failure";
        readonly failure: Failure;
        readonly trust: boolean;
        readonly httpStatus: number | null;
        readonly retryAfterMs: number | null;
      };
};

type PollFailure = Extract<StatusPoll["outcome"], { kind: "failure" }>;

/** One cluster, reached through any of its addresses. Nothing here ever throws or rejects. */
export type Cluster = {
  readonly pollStatus: (timeoutMs: number) => Promise<StatusPoll>;
  readonly readVersion: (timeoutMs: number) => Promise<{ readonly version: string | null }>;
  readonly readReboot: (timeoutMs: number) => Promise<ReturnType<typeof readRebootReply>>;
  readonly readBlocked: (timeoutMs: number) => Promise<ReturnType<typeof readBlockedReply>>;
  readonly nodes: () => readonly NodeHealth[];
  readonly close: () => Promise<void>;
};

type Attempt = { readonly ok: true; readonly reply: Reply } | PollFailure;

/**
 * Opens the way to a cluster. One address after another is tried within the same deadline, beginning with the one that
 * answered last, so that one node's failure does not move the headline.
 */
export function openCluster(
  access: ClusterAccess,
  { now, userAgent }: { readonly now: () => EpochMs; readonly userAgent: string },
): Cluster {
  const session = openSession(access.auth);
  const openedAt = now();
  const exchanges = access.nodes.map((url) => openExchange(url, access.trust, userAgent));
  const health: NodeHealth[] = access.nodes.map((url) => ({
    url,
    answered: false,
    since: openedAt,
    version: null,
    reason: null,
  }));
  let preferred = 0;
  const unavailable = new Set<keyof typeof paths>();

  const note = (index: number, reason: string | null): void => {
    const before = health[index];
    if (before !== undefined) {
      const answered = reason === null;
      const since = before.answered === answered ? before.since : now();
      health[index] = { ...before, answered, since, reason };
    }
  };

  /** One address: with its token, and once more with a new one after a 401. */
  const attempt = async (
    exchange: Exchange,
    what: keyof typeof paths,
    timeoutMs: number,
  ): Promise<Attempt> => {
    const endsAt = now() + timeoutMs;
    const leftMs = (): number => Math.max(1, Math.min(timeoutMs, endsAt - now()));
    const bearer = await session.bearer(exchange, timeoutMs);
    if (!bearer.ok) {
      return failed(bearer.failure);
    }
    let result = await exchange.read(what, bearer.bearer, leftMs());
    if (result.ok && result.reply.httpStatus === 401) {
      const renewed = await session.renew(exchange, leftMs());
      if (!renewed.ok) {
        return failed(renewed.failure, 401);
      }
      if (renewed.changed) {
        result = await exchange.read(what, renewed.bearer, leftMs());
      }
    }
    if (!result.ok) {
      return failed(result.failure);
    }
    const { reply } = result;
    return reply.httpStatus === 200
      ? { ok: true, reply }
      : failed(httpFailureOf(reply), reply.httpStatus, retryAfterMs(reply.headers, now()));
  };

  /** All addresses in turn, from the preferred one on; the failure that says most is kept. */
  const attemptAll = async (
    what: keyof typeof paths,
    timeoutMs: number,
  ): Promise<{ attempt: Attempt; index: number }> => {
    const startedAt = now();
    const first = preferred;
    let kept: { attempt: PollFailure; index: number } | undefined;
    for (let offset = 0; offset < exchanges.length; offset += 1) {
      const index = (first + offset) % exchanges.length;
      const exchange = exchanges[index];
      const leftMs = timeoutMs - (now() - startedAt);
      if (exchange === undefined || leftMs <= 0) {
        break;
      }
      // A node that hangs must leave time for another one.
      const shareMs = offset < exchanges.length - 1 ? Math.min(leftMs, timeoutMs / 2) : leftMs;
      const result = await attempt(exchange, what, shareMs);
      if ("ok" in result) {
        preferred = index;
        note(index, null);
        return { attempt: result, index };
      }
      note(index, result.failure.message);
      if (kept === undefined || weight(result) > weight(kept.attempt)) {
        kept = { attempt: result, index };
      }
    }
    preferred = (first + 1) % exchanges.length;
    return (
      kept ?? { attempt: failed({ kind: "refused", message: "No address to ask." }), index: 0 }
    );
  };

  /** An endpoint that may not exist here: asked at the address that answers, silent where it is refused. */
  const readOptional = async <Content>(
    what: keyof typeof paths,
    timeoutMs: number,
    read: (body: Uint8Array, headers: Reply["headers"]) => Content | null,
  ): Promise<Content | null> => {
    const exchange = exchanges[preferred];
    if (exchange === undefined || unavailable.has(what)) {
      return null;
    }
    const result = await attempt(exchange, what, timeoutMs);
    if ("ok" in result) {
      return read(result.reply.body, result.reply.headers);
    }
    if (result.httpStatus === 403 || result.httpStatus === 404) {
      unavailable.add(what);
    }
    return null;
  };

  return {
    pollStatus: async (timeoutMs) => {
      const startedAt = now();
      const { attempt: result, index } = await attemptAll("status", timeoutMs);
      const at = now();
      const base = { startedAt, at, node: access.nodes[index] ?? null, latencyMs: at - startedAt };
      if (!("ok" in result)) {
        return { ...base, outcome: result };
      }
      const reading = readStatusReply(result.reply.body, result.reply.headers);
      return { ...base, outcome: { kind: "reading", reading } };
    },
    readVersion: async (timeoutMs) => {
      const index = preferred;
      // The version needs no privilege, so a refusal today may be gone tomorrow.
      unavailable.delete("version");
      const version = await readOptional("version", timeoutMs, readVersionReply);
      const before = health[index];
      if (before !== undefined && version !== null) {
        health[index] = { ...before, version };
      }
      return { version };
    },
    readReboot: (timeoutMs) => readOptional("reboot", timeoutMs, readRebootReply),
    readBlocked: (timeoutMs) => readOptional("blocked", timeoutMs, readBlockedReply),
    nodes: () => [...health],
    close: async () => {
      await Promise.all(exchanges.map((exchange) => exchange.close()));
    },
  };
}

function failed(
  failure: Failure,
  httpStatus: number | null = null,
  waitMs: number | null = null,
): PollFailure {
  const trust = failure.trust === true;
  return { kind: "failure", failure, trust, httpStatus, retryAfterMs: waitMs };
}

/** Which of several failures says most: distrust above all, then a refusal in words, then silence. */
function weight({ trust, httpStatus }: PollFailure): number {
  if (trust) {
    return 2;
  }
  return httpStatus === null ? 0 : 1;
}
