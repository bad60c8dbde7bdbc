import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { ServerConfiguration } from "../../contract/configuration.ts";
import { codeOf } from "../errorCode.ts";
import type { Log } from "../log.ts";
import type { EntranceEnvironment } from "./entrance/admission.ts";
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
  /** Serves HTTPS with another certificate, for connections made from now on. */
  readonly useCertificate: (certificate: ServerCertificate) => void;
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

/** A certificate with its key, both in PEM form; they were seen to belong together. */
export type ServerCertificate = { readonly cert: Buffer; readonly key: Buffer };

const oldestTls = { minVersion: "TLSv1.2" } as const;

type Where = Pick<ServerConfiguration, "host" | "port" | "basePath" | "tls" | "frameAncestors">;

/**
 * Listens on the configured address.
 *
 * @throws ListenError when the port is taken, the address is not of this machine, or the certificate can't be used
 */
export async function listen(
  app: Pick<Hono<EntranceEnvironment>, "fetch">,
  where: Where,
  log: Log,
  patience: Patience = usualPatience,
): Promise<Listening> {
  const headers = securityHeadersOf(where);
  const answer = getRequestListener((request, environment) => app.fetch(request, environment), {
    errorHandler: () => unreadable(headers),
  });
  const listener: Listener = (request, response) => {
    void answer(request, response);
  };
  const options = optionsFor(patience);
  const certificate = where.tls === null ? null : await readCertificate(where.tls);
  const secure =
    certificate === null
      ? null
      : createSecureServer(
          { ...options, ...oldestTls, ...certificate, handshakeTimeout: handshakeTimeoutMs },
          listener,
        );
  const server = secure ?? createServer(options, listener);
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
    useCertificate: (next) => secure?.setSecureContext({ ...oldestTls, ...next }),
    close: () => closed(server),
  };
}

type Listener = Parameters<typeof createServer>[1];

function optionsFor({ headersTimeout, requestTimeout, connectionsCheckingInterval }: Patience) {
  return { ...limits, headersTimeout, requestTimeout, connectionsCheckingInterval };
}

/**
 * Reads the certificate and the key of our own HTTPS.
 *
 * @throws ListenError when one can't be read, or when they don't belong together
 */
export async function readCertificate(
  tls: NonNullable<ServerConfiguration["tls"]>,
): Promise<ServerCertificate> {
  try {
    const [cert, key] = await Promise.all([readFile(tls.certFile), readFile(tls.keyFile)]);
    createSecureContext({ cert, key });
    return { cert, key };
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
