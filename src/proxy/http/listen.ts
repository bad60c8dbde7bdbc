import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { ServerConfiguration } from "../../contract/configuration.ts";
import { codeOf } from "../errorCode.ts";
import type { Log } from "../log.ts";

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

/** Slow clients must not hold connections: the limits of Node itself are minutes. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 5000,
  maxHeaderSize: 16_384,
};
const mostConnections = 2000;
const closingMs = 1000;

type Where = Pick<ServerConfiguration, "host" | "port" | "basePath" | "tls">;

/**
 * Listens on the configured address.
 *
 * @throws ListenError when the port is taken, the address is not of this machine, or the certificate can't be used
 */
export async function listen(app: Hono, where: Where, log: Log): Promise<Listening> {
  const listener = getRequestListener(app.fetch);
  const server = await newServer(where.tls, (request, response) => {
    void listener(request, response);
  });
  server.maxConnections = mostConnections;
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

async function newServer(tls: Where["tls"], listener: Listener): Promise<Server> {
  if (tls === null) {
    return createServer(limits, listener);
  }
  try {
    const [cert, key] = await Promise.all([readFile(tls.certFile), readFile(tls.keyFile)]);
    return createSecureServer({ ...limits, cert, key, minVersion: "TLSv1.2" }, listener);
  } catch (error) {
    throw new ListenError(
      `HTTPS can't be served with ${tls.certFile} and ${tls.keyFile}: ${words(error)}.`,
    );
  }
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
