import { Client } from "undici";
import type { ClusterTrust } from "../../contract/clusterAccess.ts";
import type { ReplyBody } from "../../contract/clusterBody.ts";
import { type RepeatedBodies, repeatedBodies } from "../../contract/repeatedBody.ts";
import type { Failure } from "../../upgrade/observation.ts";
import { type Deadline, onExpiry } from "./deadline.ts";
import { failureOf } from "./failure.ts";
import { scrubBody } from "./secret.ts";
import { transfer, type Transfer } from "./transfer.ts";
import { type ConnectorOptions, trustedConnector, type TrustedConnector } from "./trust.ts";

/** Everything that is ever read from a cluster; there is no code for any other path. */
export const paths = {
  status: "/v3/upgrade/status",
  statusV2: "/v2/upgrade/status",
  statusV1: "/v1/upgrade/status",
  version: "/v1/version",
  reboot: "/v1/shutdown/reboot/status",
  blocked: "/v2/upgrade/blocked",
  settings: "/v1/cluster/settings",
  whoAmI: "/v1/session/who-am-i",
} as const;

const signInPath = "/v1/session/login";

/** A reply, of whose body no more is kept than a reader can need. */
export type Reply = Omit<Transfer, "body"> & { readonly body: ReplyBody };

/** What came of one exchange. */
export type ExchangeResult =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly failure: Failure };

/** One address of a cluster. Nothing here throws or rejects. */
export type Exchange = {
  readonly read: (
    what: keyof typeof paths,
    bearer: string | null,
    deadline: Deadline,
  ) => Promise<ExchangeResult>;
  readonly signIn: (
    username: string,
    password: string,
    deadline: Deadline,
  ) => Promise<ExchangeResult>;
  /** Ends what is under way; whatever is asked after it fails. */
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

/** A client, and how often it has connected. */
type Connection = {
  readonly client: Client;
  readonly connector: TrustedConnector;
  connects: number;
};

/** How far an exchange has come. */
type Progress = { answered: boolean; expired: boolean };

/** How to speak to an address. */
export type ExchangeOptions = ConnectorOptions & { readonly userAgent: string };

/** Connections to one address; made when first needed, and anew after a failure. */
export function openExchange(
  url: string,
  trust: ClusterTrust,
  { userAgent, ...connecting }: ExchangeOptions,
): Exchange {
  let connection: Promise<Connection> | undefined;
  let closed = false;
  const repeated = new Map<string, RepeatedBodies>();

  const bodiesOf = (path: string): RepeatedBodies => {
    const bodies = repeated.get(path) ?? repeatedBodies();
    repeated.set(path, bodies);
    return bodies;
  };

  const connect = async (): Promise<Connection> => {
    const connector = await trustedConnector(trust, connectTimeoutMs, connecting);
    const client = new Client(url, {
      connect: connector.connect,
      keepAliveTimeout: keepAliveMs,
      pipelining: 1,
      maxHeaderSize: longestHeaderBytes,
      // One deadline of ours covers the whole exchange; these two would each start anew.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const made: Connection = { client, connector, connects: 0 };
    client.on("connect", () => {
      made.connects += 1;
    });
    return made;
  };

  const drop = async (): Promise<void> => {
    const dropped = connection;
    connection = undefined;
    // Where none could be made, whoever asked for it was told why.
    const made = await dropped?.catch(() => undefined);
    const destroyed = made?.client.destroy();
    made?.connector.abort();
    await destroyed;
  };

  const once = async (
    { client }: Connection,
    { method, path, bearer, body: sent }: Outgoing,
    progress: Progress,
  ): Promise<Reply> => {
    const asked = {
      accept: "application/json",
      "accept-encoding": "identity",
      "user-agent": userAgent,
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(sent === null ? {} : { "content-type": "application/json" }),
    };
    const request = { method, path, body: sent, headers: asked };
    const { httpStatus, headers, body } = await transfer(
      client,
      request,
      bodiesOf(path).begin(),
      () => {
        progress.answered = true;
      },
    );
    // A sign-in brings the very token that is to be kept; nothing else has a right to hold one.
    return { httpStatus, headers, body: method === "GET" ? scrubBody(body) : body };
  };

  /** Once more on a fresh socket, where a server closed an idle one in the very moment in which it was used again. */
  const onceOrRaced = async (outgoing: Outgoing, progress: Progress): Promise<Reply> => {
    connection ??= connect();
    const made = await connection;
    const before = made.connects;
    try {
      return await once(made, outgoing, progress);
    } catch (error) {
      const raced = before > 0 && made.connects === before && !progress.answered;
      const mayRetry = outgoing.method === "GET" && !progress.expired && !closed;
      if (!raced || !mayRetry || failureOf(error).kind !== "reset") {
        throw error;
      }
      await drop();
      connection ??= connect();
      return await once(await connection, outgoing, progress);
    }
  };

  const exchange = async (outgoing: Outgoing, deadline: Deadline): Promise<ExchangeResult> => {
    if (closed) {
      return { ok: false, failure: { kind: "refused", message: "Upgrade Watch is stopping." } };
    }
    const progress: Progress = { answered: false, expired: false };
    if (deadline.leftMs() === 0) {
      return timedOut(deadline);
    }
    const cancelExpiry = onExpiry(deadline, () => {
      progress.expired = true;
      // An abort signal would not do: undici heeds it only once a socket is connected.
      void drop();
    });
    try {
      return { ok: true, reply: await onceOrRaced(outgoing, progress) };
    } catch (error) {
      await drop();
      return progress.expired ? timedOut(deadline) : { ok: false, failure: failureOf(error) };
    } finally {
      cancelExpiry();
    }
  };

  return {
    read: (what, bearer, deadline) =>
      exchange({ method: "GET", path: paths[what], bearer, body: null }, deadline),
    signIn: (username, password, deadline) => {
      const body = JSON.stringify({ username, password });
      return exchange({ method: "POST", path: signInPath, bearer: null, body }, deadline);
    },
    close: async () => {
      closed = true;
      await drop();
    },
  };
}

function timedOut({ totalMs }: Deadline): ExchangeResult {
  const message = `No answer within ${Math.max(1, Math.round(totalMs / 100)) / 10} s.`;
  return { ok: false, failure: { kind: "timeout", message } };
}
