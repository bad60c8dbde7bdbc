import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { ServerConfiguration } from "../../contract/configuration.ts";
import { codeOf } from "../errorCode.ts";
import type { Log } from "../log.ts";
import { securityHeadersOf } from "./headers.ts";
import { answerOnTheWire, unreadable } from "./wire.ts";

/** Why the server can't listen, in one sentence for whoever started it. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

/** A server that listens. */
export type Listening = {
  /** Where it really listens, with base path, e.g. `http://127.0.0.1:4600/`. */
  readonly url: string;
  /** Takes no more requests, lets running ones end for a moment, then closes every connection. */
  readonly close: () => Promise<void>;
};

const limits = {
  keepAliveTimeout: 30_000,
  maxHeaderSize: 16_384,
  // A request without a host is answered by us, in the form of all errors.
  requireHostHeader: false,
};
/** A TLS handshake without end, and an answer that nobody reads, end too. */
const handshakeTimeoutMs = 10_000;
const silenceMs = 35_000;
const closingMs = 1000;

/** How much the server puts up with. */
export type Patience = {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** How often slow requests are looked for. */
  readonly connectionsCheckingInterval: number;
  readonly mostConnections: number;
  /** No single address, be it a whole building behind one, may take the last connection. */
  readonly mostOfOneAddress: number;
};

/** Slow clients must not hold connections: the limits of Node itself are minutes. */
const usualPatience: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 5000,
  mostConnections: 2000,
  mostOfOneAddress: 1000,
};

type Where = Pick<ServerConfiguration, "host" | "port" | "basePath" | "tls" | "frameAncestors">;

/**
 * Listens on the configured address.
 *
 * @throws ListenError when the port is taken, the address is not of this machine, or the certificate can't be used
 */
export async function listen(
  app: Hono,
  where: Where,
  log: Log,
  patience: Patience = usualPatience,
): Promise<Listening> {
  const headers = securityHeadersOf(where);
  const listener = getRequestListener(app.fetch, { errorHandler: () => unreadable(headers) });
  const server = await newServer(where.tls, patience, (request, response) => {
    void listener(request, response);
  });
  server.maxConnections = patience.mostConnections;
  server.setTimeout(silenceMs);
  answerOnTheWire(server, headers);
  limitPerAddress(server, patience.mostOfOneAddress);
  const port = await listening(server, where);
  // Running out of file descriptors is told this way; it must not end the process.
  server.on("error", (error) => log.error("A connection could not be accepted", { error }));
  const scheme = where.tls === null ? "http" : "https";
  return {
    url: `${scheme}://${inUrl(where.host)}:${port}${where.basePath}`,
    close: () => closed(server),
  };
}

type Listener = Parameters<typeof createServer>[1];

async function newServer(
  tls: Where["tls"],
  { headersTimeout, requestTimeout, connectionsCheckingInterval }: Patience,
  listener: Listener,
): Promise<Server> {
  const options = { ...limits, headersTimeout, requestTimeout, connectionsCheckingInterval };
  if (tls === null) {
    return createServer(options, listener);
  }
  try {
    const [cert, key] = await Promise.all([readFile(tls.certFile), readFile(tls.keyFile)]);
    return createSecureServer(
      { ...options, handshakeTimeout: handshakeTimeoutMs, cert, key, minVersion: "TLSv1.2" },
      listener,
    );
  } catch (error) {
    throw new ListenError(
      `HTTPS can't be served with ${tls.certFile} and ${tls.keyFile}: ${words(error)}.`,
    );
  }
}

/** Closes at once what one address opens beyond its share. */
function limitPerAddress(server: Server, most: number): void {
  const open = new Map<string, number>();
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) {
        open.delete(address);
      } else {
        open.set(address, left);
      }
    });
    if (count > most) {
      socket.destroy();
    }
  });
}

function listening(server: Server, { host, port }: Where): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new ListenError(refusal(error, host, port))));
    server.listen({ host, port }, () => {
      server.removeAllListeners("error");
      const address = server.address();
      resolve(isAddress(address) ? address.port : port);
    });
  });
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

function refusal(error: Error, host: string, port: number): string {
  const place = `${inUrl(host)}:${port}`;
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `Another program already listens on ${place}; stop it, or choose another port with --port.`;
    case "EACCES":
      return `This user may not listen on ${place}; choose a port above 1023 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is no address of this machine; choose another one with --host.`;
    default:
      return `The server can't listen on ${place}: ${words(error)}.`;
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : "the reason is unknown";
}

function inUrl(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), closingMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
