import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Certificate, makeCertificate } from "./certificate.ts";
import { answerTo, type PretendAnswer, Sessions } from "./replies.ts";
import { type Behaviour, type ClusterSituation, idleSituation } from "./situation.ts";

/** A request that a pretend cluster saw, for tests that ask what was sent. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  /** Which node saw it, counted from 0. */
  readonly node: number;
  readonly headers: IncomingMessage["headers"];
};

/** A pretend cluster that is running. */
export type SimulatedCluster = {
  /** One address a node, e.g. `https://127.0.0.1:41234`. */
  readonly urls: readonly string[];
  /** The access token that it accepts. */
  readonly token: string;
  readonly certificatePem: () => string;
  /** SHA-256 of its certificate, `AA:BB:…`. */
  readonly fingerprint256: () => string;
  readonly requests: readonly SeenRequest[];
  /** Changes what it is; what is not named stays. */
  readonly set: (change: Partial<ClusterSituation>) => Promise<void>;
  /** Changes how one node behaves, or all of them; `undefined` lets it behave as the cluster does. */
  readonly behave: (behaviour: Behaviour | undefined, node?: number) => Promise<void>;
  /** Puts another certificate in place of the present one. */
  readonly rotateCertificate: () => Promise<void>;
  /** Ends every session that a sign-in opened. */
  readonly expireSessions: () => void;
  readonly stop: () => Promise<void>;
};

/** How to start a pretend cluster. */
export type ClusterOptions = {
  readonly nodes?: number;
  /** The first node's port; the others take the next ones. 0, the default, picks free ones. */
  readonly port?: number;
  /** The access token; one is made up when it is left out. */
  readonly token?: string;
  /** Who may sign in by password. */
  readonly user?: { readonly username: string; readonly password: string };
  readonly situation?: Partial<ClusterSituation>;
  readonly name?: string;
};

/**
 * Starts a pretend cluster on loopback, over HTTPS with a self-signed certificate.
 *
 * @throws when the port is taken
 */
export async function startCluster(options: ClusterOptions = {}): Promise<SimulatedCluster> {
  const { nodes = 1, port = 0, name = "Simulated cluster" } = options;
  const token = options.token ?? `access-v1:${randomBytes(24).toString("base64url")}`;
  const sessions = new Sessions(token, options.user ?? null);
  const requests: SeenRequest[] = [];
  const overrides = new Map<number, Behaviour>();
  let certificate = await makeCertificate("qumulo.local");
  let situation: ClusterSituation = { ...idleSituation, ...options.situation };

  const behaviourOf = (node: number): Behaviour =>
    overrides.get(node) ?? (situation.darkNodes.includes(node) ? "refused" : situation.behaviour);

  const running: Node[] = [];
  for (let index = 0; index < nodes; index += 1) {
    const node = new Node(certificate, (request, response) => {
      requests.push({
        method: request.method ?? "",
        path: request.url ?? "",
        node: index,
        headers: request.headers,
      });
      serve(request, response, behaviourOf(index), () =>
        answerTo(request, { situation, sessions, name }),
      );
    });
    // The first node's port fixes the others', so that a pretend cluster is found again after a restart.
    await node.open(port === 0 ? 0 : port + index);
    running.push(node);
  }

  const settle = async (): Promise<void> => {
    await Promise.all(
      running.map((node, index) =>
        behaviourOf(index) === "refused" ? node.close() : node.open(node.port),
      ),
    );
    running.forEach((node, index) => {
      node.breaksTls = behaviourOf(index) === "broken-tls";
    });
  };
  await settle();

  return {
    urls: running.map(({ port: own }) => `https://127.0.0.1:${own}`),
    token,
    certificatePem: () => certificate.certificatePem,
    fingerprint256: () => certificate.fingerprint256,
    requests,
    set: async (change) => {
      const behavedBefore = running.map((_, index) => behaviourOf(index));
      situation = { ...situation, ...change };
      if (running.some((_, index) => behavedBefore[index] !== behaviourOf(index))) {
        await settle();
      }
    },
    behave: async (behaviour, node) => {
      const concerned = node === undefined ? running.map((_, index) => index) : [node];
      for (const index of concerned) {
        if (behaviour === undefined) {
          overrides.delete(index);
        } else {
          overrides.set(index, behaviour);
        }
      }
      await settle();
    },
    rotateCertificate: async () => {
      certificate = await makeCertificate("qumulo.local");
      for (const node of running) {
        node.present(certificate);
      }
    },
    expireSessions: () => sessions.expire(),
    stop: async () => {
      await Promise.all(running.map((node) => node.close()));
    },
  };
}

/** One address of a pretend cluster: a listening socket that can go away and come back on the same port. */
class Node {
  port = 0;
  breaksTls = false;
  private certificate: Certificate;
  private readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(
    certificate: Certificate,
    handle: (request: IncomingMessage, response: ServerResponse) => void,
  ) {
    this.certificate = certificate;
    this.handle = handle;
  }

  async open(port: number): Promise<void> {
    if (this.server !== undefined) {
      return;
    }
    const { certificatePem: cert, keyPem: key } = this.certificate;
    const server = createServer({ cert, key }, this.handle);
    server.on("connection", (socket: Socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
      // A client that goes away in the middle is nothing that a pretend cluster must answer for.
      socket.on("error", () => socket.destroy());
      if (this.breaksTls) {
        socket.destroy();
      }
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
    this.port = portOf(server.address());
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) {
      return;
    }
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    this.dropConnections();
    await closed;
  }

  present(certificate: Certificate): void {
    this.certificate = certificate;
    this.server?.setSecureContext({ cert: certificate.certificatePem, key: certificate.keyPem });
    this.dropConnections();
  }

  private dropConnections(): void {
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }
}

function portOf(address: string | AddressInfo | null): number {
  return address === null || typeof address === "string" ? 0 : address.port;
}

/** Answers as the behaviour demands; the faults are real ones on the socket. */
function serve(
  request: IncomingMessage,
  response: ServerResponse,
  behaviour: Behaviour,
  answer: () => Promise<PretendAnswer>,
): void {
  switch (behaviour) {
    case "hang":
      request.resume();
      return;
    case "reset":
    case "refused":
    case "broken-tls":
      request.socket.resetAndDestroy();
      return;
    case "half-body": {
      const body = JSON.stringify({ state: "UPGRADE_STATE_IDLE", progress: null, settings: null });
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      });
      response.write(body.slice(0, body.length / 2), () => request.socket.resetAndDestroy());
      return;
    }
    case "unavailable":
      response.writeHead(503, { "content-type": "text/html" });
      response.end("<html><body><h1>503 Service Unavailable</h1></body></html>");
      return;
    case "unauthorized":
    case "forbidden":
    case "answering":
      void send(response, answer);
  }
}

async function send(response: ServerResponse, answer: () => Promise<PretendAnswer>): Promise<void> {
  try {
    const { httpStatus, headers, body } = await answer();
    response.writeHead(httpStatus, headers);
    response.end(body);
  } catch {
    // Who asked has gone away in the middle of asking.
    response.destroy();
  }
}
