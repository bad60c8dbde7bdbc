import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { realClock, type SimulatorClock } from "./clock.ts";
import { type CertificateFacts, makeCertificate } from "./server/certificate.ts";
import { type Handshake, Listener } from "./server/listener.ts";
import { answerTo, type PretendRequest, unauthorized } from "./server/replies.ts";
import { type Exchange, send, serve } from "./server/serve.ts";
import { Sessions, type Users } from "./server/sessions.ts";
import {
  type Behaviour,
  type ClusterSituation,
  idleSituation,
  type NodeSituation,
  nodeView,
  type RawReply,
  statusPath,
  withNode,
} from "./situation.ts";

/** A request that a pretend cluster saw, for tests that ask what was sent. */
export type SeenRequest = Omit<PretendRequest, "body"> & {
  /** Which node saw it, counted from 0. */
  readonly node: number;
  readonly headers: IncomingMessage["headers"];
};

/** A pretend cluster that is running. */
export type SimulatedCluster = {
  /** One address a node, e.g. `https://127.0.0.1:41234`. */
  readonly urls: readonly string[];
  /** The access token that it accepts; empty where it lets everyone in. */
  readonly token: string;
  readonly certificatePem: string;
  /** SHA-256 of its present certificate, `AA:BB:…`. */
  readonly fingerprint256: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Puts another certificate in place of the present one; connections are dropped. */
  readonly rotateCertificate: (facts?: CertificateFacts) => Promise<void>;
  /** Ends every session that a sign-in opened; the access token stays good. */
  readonly expireTokens: () => void;
  /** From now on another access token is the good one. */
  readonly replaceToken: (token: string) => void;
  readonly stop: () => Promise<void>;
};

/** A pretend cluster that is what a test says. Each change is in force once its promise is fulfilled. */
export type ManualCluster = SimulatedCluster & {
  /** Changes what it is; what is not named stays. */
  readonly set: (change: Partial<ClusterSituation>) => Promise<void>;
  /** Changes in what one node differs from the cluster. */
  readonly setNode: (node: number, change: Partial<NodeSituation>) => Promise<void>;
  /** Changes how one node behaves, or all of them. */
  readonly behave: (behaviour: Behaviour, node?: number) => Promise<void>;
  /** Sends this verbatim to whoever asks for a path (the status, unless said otherwise); null ends that. */
  readonly reply: (reply: RawReply | null, path?: string) => Promise<void>;
};

/** How to start a pretend cluster. */
export type ClusterOptions = {
  /** How many nodes have an address; one, unless said otherwise. */
  readonly nodes?: number;
  /** The first node's port; the others take the next ones. 0, the default, picks free ones. */
  readonly port?: number;
  /** The access token; made up when left out, and null lets everyone in. */
  readonly token?: string | null;
  /** Who may sign in by password. */
  readonly users?: Users;
  /** The cluster's own name. */
  readonly name?: string;
  readonly clock?: SimulatorClock;
  /** What its first certificate says, where that is not the usual. */
  readonly certificate?: CertificateFacts;
};

/** How to start a pretend cluster that is what a test says. */
export type ManualOptions = ClusterOptions & {
  /** What it is at first, where that is not idle and healthy. */
  readonly situation?: Partial<ClusterSituation>;
  /** Someone has asked for the commit of a prepared upgrade; left out, the cluster goes on to COMMITTING. */
  readonly onCommit?: () => void;
};

/** A pretend cluster that runs for weeks keeps this many of the newest requests. */
const mostRequests = 10_000;
const longestBody = 10_000;

/**
 * Starts a pretend cluster on loopback, over HTTPS with a self-signed certificate, that stays as it is told to be.
 *
 * @throws when the port is taken
 */
export async function startManualCluster(options: ManualOptions = {}): Promise<ManualCluster> {
  const { nodes: count = 1, port = 0, name = "Simulated cluster", clock = realClock } = options;
  const { users = {} } = options;
  let token = options.token ?? `access-v1:${randomBytes(24).toString("base64url")}`;
  const sessions = new Sessions(options.token === null ? null : token, users, clock.now);
  const requests: SeenRequest[] = [];
  const refusedOnce = new Set<number>();
  let certificate = await makeCertificate(options.certificate);
  let situation: ClusterSituation = { ...idleSituation, ...options.situation };
  let settled = Promise.resolve();

  const change = (next: (present: ClusterSituation) => ClusterSituation): Promise<void> => {
    situation = next(situation);
    const settle = (): Promise<void> => settleAll(listeners, situation, refusedOnce);
    // One after another, or a port would be opened while it is still being closed.
    settled = settled.then(settle, settle);
    return settled;
  };

  const answer = async (node: number, exchange: Exchange): Promise<void> => {
    const { request } = exchange;
    const seen = {
      method: request.method ?? "",
      path: (request.url ?? "").split("?")[0] ?? "",
      authorization: request.headers.authorization,
    };
    requests.push({ ...seen, node, headers: request.headers });
    requests.splice(0, requests.length - mostRequests);
    const body = await bodyOf(request);
    const view = nodeView(situation, node);
    const reply = view.replies[seen.path];
    if (view.behaviour === "answering" && reply !== undefined) {
      send(exchange, reply);
    } else if (isRefusedOnce(view.behaviour, seen.path) && !refusedOnce.has(node)) {
      refusedOnce.add(node);
      send(exchange, unauthorized());
    } else {
      const commit = options.onCommit ?? (() => void change(beginCommit));
      const source = { situation: view, sessions, name, commit };
      serve(exchange, view.behaviour, answerTo({ ...seen, body }, source));
    }
  };

  const listeners = Array.from(
    { length: count },
    (_, node) =>
      new Listener(certificate, (request, response, reset) => {
        void answerOrDrop(response, () => answer(node, { request, response, reset, clock }));
      }),
  );
  const stop = async (): Promise<void> => {
    await settled.catch(() => undefined);
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  try {
    for (const [node, listener] of listeners.entries()) {
      // The first node's port fixes the others', so that a pretend cluster is found again after a restart.
      await listener.open(port === 0 ? 0 : port + node);
    }
    await change((present) => present);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    urls: listeners.map((listener) => `https://127.0.0.1:${listener.port}`),
    get token() {
      return token;
    },
    get certificatePem() {
      return certificate.certificatePem;
    },
    get fingerprint256() {
      return certificate.fingerprint256;
    },
    requests,
    set: (news) => change((present) => ({ ...present, ...news })),
    setNode: (node, news) => change((present) => withNode(present, node, news)),
    behave: (behaviour, node) =>
      change((present) =>
        node === undefined
          ? {
              ...present,
              behaviour,
              nodes: present.nodes.map((deviation) => ({ ...deviation, behaviour })),
            }
          : withNode(present, node, { behaviour }),
      ),
    reply: (reply, path = statusPath) =>
      change((present) => {
        const { [path]: _, ...others } = present.replies;
        return { ...present, replies: reply === null ? others : { ...others, [path]: reply } };
      }),
    rotateCertificate: async (facts) => {
      certificate = await makeCertificate(facts);
      for (const listener of listeners) {
        listener.present(certificate);
      }
    },
    expireTokens: () => sessions.expire(),
    replaceToken: (next) => {
      token = next;
      sessions.replaceToken(next);
    },
    stop,
  };
}

const beginCommit = (present: ClusterSituation): ClusterSituation => ({
  ...present,
  state: "UPGRADE_STATE_COMMITTING",
});

function isRefusedOnce(behaviour: Behaviour, path: string): boolean {
  return behaviour === "unauthorized-once" && path.endsWith("/upgrade/status");
}

/** Brings the sockets of all nodes into the state that the situation tells. */
async function settleAll(
  listeners: readonly Listener[],
  situation: ClusterSituation,
  refusedOnce: Set<number>,
): Promise<void> {
  await Promise.all(
    listeners.map(async (listener, node) => {
      const { behaviour } = nodeView(situation, node);
      if (behaviour !== "unauthorized-once") {
        refusedOnce.delete(node);
      }
      listener.shakeHands(handshakes[behaviour] ?? "proper");
      await (behaviour === "refused" ? listener.close() : listener.open(0));
    }),
  );
}

const handshakes: Partial<Record<Behaviour, Handshake>> = {
  "broken-tls": "broken",
  "silent-tls": "silent",
};

async function answerOrDrop(response: ServerResponse, answer: () => Promise<void>): Promise<void> {
  try {
    await answer();
  } catch {
    // Who asked has gone away in the middle of asking.
    response.destroy();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let body = "";
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > longestBody) {
      break;
    }
  }
  return body;
}
