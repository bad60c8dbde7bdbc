import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createServer as createNetServer, type Server, type Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import type { TestCertificate } from "./certificates.ts";

/** A request as it came. */
export type Seen = {
  readonly method: string;
  readonly path: string;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly authorization: string | undefined;
  readonly body: string;
};

/** What a fault server does with a request; it may also leave it without an answer. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage, seen: Seen) => void;

/** A server on loopback that misbehaves as told and remembers all that it saw. */
export type FaultServer = {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly Seen[];
  /** Bearer tokens seen, in order. */
  readonly tokens: () => readonly string[];
  readonly connections: () => number;
  readonly behave: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
};

/** Where a server listens; a free port of 127.0.0.1 by default. */
export type Place = {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
};

/** A server that speaks HTTPS. */
export async function startFaultServer(
  { cert, key }: TestCertificate,
  behaviour: Behaviour,
  { host, port, ...tls }: Place & TlsOptions = {},
): Promise<FaultServer> {
  const watched = watch(behaviour);
  const server = createTlsServer({ cert, key, ...tls }, watched.listener);
  return serve(server, watched, { host, port });
}

/** A server that speaks plain HTTP where TLS is expected. */
export async function startPlainServer(behaviour: Behaviour): Promise<FaultServer> {
  const watched = watch(behaviour);
  return serve(createServer(watched.listener), watched, {});
}

/** A server that does to each connection what it is told, before any TLS. */
export async function startSocketServer(onSocket: (socket: Socket) => void): Promise<FaultServer> {
  return serve(
    createNetServer(onSocket),
    watch(() => undefined),
    {},
  );
}

/** Answers with JSON. */
export const sendJson =
  (body: unknown, status = 200): Behaviour =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };

type Watched = {
  readonly seen: Seen[];
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  readonly behave: (behaviour: Behaviour) => void;
};

function watch(initial: Behaviour): Watched {
  let behaviour = initial;
  const seen: Seen[] = [];
  return {
    seen,
    behave: (next) => {
      behaviour = next;
    },
    listener: (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const noted = {
          method: request.method ?? "",
          path: request.url ?? "",
          rawHeaders: request.rawHeaders,
          authorization: request.headers.authorization,
          body: Buffer.concat(chunks).toString(),
        };
        seen.push(noted);
        behaviour(response, request, noted);
      });
    },
  };
}

async function serve(
  server: Server,
  { seen, behave }: Watched,
  { host = "127.0.0.1", port = 0 }: Place,
): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    // A peer that breaks off is what these servers are for.
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const heard = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `https://${host}:${heard}`,
    port: heard,
    seen,
    tokens: () => seen.flatMap(({ authorization }) => authorization ?? []),
    connections: () => connections,
    behave,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}
