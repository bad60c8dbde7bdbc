import { Client } from "undici";
import type { ClusterTrust } from "../../contract/clusterAccess.ts";
import { longestBodyBytes, type ReplyHeaders } from "../../contract/clusterBody.ts";
import type { Failure } from "../../upgrade/observation.ts";
import { failureOf } from "./failure.ts";
import { presentedFingerprint, trustedConnector } from "./trust.ts";

/** Everything that is ever sent to a cluster: these paths, and no code for any other. */
export const paths = {
  status: "/v3/upgrade/status",
  version: "/v1/version",
  reboot: "/v1/shutdown/reboot/status",
  blocked: "/v2/upgrade/blocked",
} as const;

const signInPath = "/v1/session/login";

/** A reply, whole. */
export type Reply = {
  readonly httpStatus: number;
  readonly headers: ReplyHeaders;
  readonly body: Uint8Array;
};

/** What came of one exchange. */
export type ExchangeResult =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly failure: Failure };

/** One address of a cluster. */
export type Exchange = {
  /** Reads one of {@link paths}. Never throws. */
  readonly read: (
    what: keyof typeof paths,
    bearer: string | null,
    timeoutMs: number,
  ) => Promise<ExchangeResult>;
  /** Signs in by password. Never throws. */
  readonly signIn: (
    username: string,
    password: string,
    timeoutMs: number,
  ) => Promise<ExchangeResult>;
  readonly close: () => Promise<void>;
};

const connectTimeoutMs = 3000;
const keepAliveMs = 65_000;
const longestHeaderBytes = 16 * 1024;

type Outgoing = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly bearer: string | null;
  readonly body: string | null;
};

/** Connections to one address; made when first needed, and anew after a deadline has passed. */
export function openExchange(url: string, trust: ClusterTrust, userAgent: string): Exchange {
  let client: Client | undefined;
  let reused = false;

  const connected = async (): Promise<Client> => {
    client ??= new Client(url, {
      connect: await trustedConnector(trust, connectTimeoutMs),
      keepAliveTimeout: keepAliveMs,
      pipelining: 1,
      maxHeaderSize: longestHeaderBytes,
      // One deadline of ours covers the whole exchange; these two would each start anew.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return client;
  };

  const drop = async (): Promise<void> => {
    const dropped = client;
    client = undefined;
    reused = false;
    await dropped?.destroy();
  };

  const once = async (outgoing: Outgoing, signal: AbortSignal): Promise<Reply> => {
    const { method, path, bearer, body } = outgoing;
    const response = await (
      await connected()
    ).request({
      method,
      path,
      body,
      signal,
      headers: {
        accept: "application/json",
        "accept-encoding": "identity",
        "user-agent": userAgent,
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === null ? {} : { "content-type": "application/json" }),
      },
    });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      chunks.push(bytes);
      if (length > longestBodyBytes) {
        response.body.destroy();
        break;
      }
    }
    reused = true;
    return {
      httpStatus: response.statusCode,
      headers: response.headers,
      body: Buffer.concat(chunks),
    };
  };

  const exchange = async (outgoing: Outgoing, timeoutMs: number): Promise<ExchangeResult> => {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    try {
      const wasReused = reused;
      try {
        return { ok: true, reply: await once(outgoing, deadline.signal) };
      } catch (error) {
        // A server may close an idle connection in the very moment in which it is used again.
        const raced = wasReused && outgoing.method === "GET" && failureOf(error).kind === "reset";
        if (!raced || deadline.signal.aborted) {
          throw error;
        }
        await drop();
        return { ok: true, reply: await once(outgoing, deadline.signal) };
      }
    } catch (error) {
      await drop();
      if (deadline.signal.aborted) {
        const seconds = timeoutMs / 1000;
        return {
          ok: false,
          failure: { kind: "timeout", message: `No answer within ${seconds} s.` },
        };
      }
      return { ok: false, failure: await explained(failureOf(error), url, trust) };
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    read: (what, bearer, timeoutMs) =>
      exchange({ method: "GET", path: paths[what], bearer, body: null }, timeoutMs),
    signIn: (username, password, timeoutMs) => {
      const body = JSON.stringify({ username, password });
      return exchange({ method: "POST", path: signInPath, bearer: null, body }, timeoutMs);
    },
    close: drop,
  };
}

/** Adds to a certificate that is not trusted what it is, so that it can be checked and pinned. */
async function explained(failure: Failure, url: string, trust: ClusterTrust): Promise<Failure> {
  if (failure.trust !== true || trust.kind === "fingerprint") {
    return failure;
  }
  const fingerprint = await presentedFingerprint(url, connectTimeoutMs);
  const advice =
    fingerprint === null
      ? ""
      : ` It presented SHA-256 ${fingerprint}: verify it by another way, then pin it as tls.fingerprint256.`;
  return { ...failure, message: `${failure.message}${advice}` };
}
