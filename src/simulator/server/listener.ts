import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { Certificate } from "./certificate.ts";

/** What a listener does before HTTP begins. */
export type Handshake = "proper" | "broken" | "silent";

/** Answers a request; `reset` ends its connection by a TCP reset. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  reset: () => void,
) => void;

/**
 * One address on loopback: a listening socket that can go away and come back on the same port.
 *
 * A plain TCP server takes the connections and hands them to the HTTPS server, so that what happens instead of a TLS
 * handshake, and a reset, happen on the very socket.
 */
export class Listener {
  port = 0;
  private readonly https: HttpsServer;
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private handshake: Handshake = "proper";

  constructor(certificate: Certificate, handle: RequestHandler) {
    this.https = createHttpsServer(
      { cert: certificate.certificatePem, key: certificate.keyPem, keepAliveTimeout: 60_000 },
      (request, response) => handle(request, response, () => this.reset(request)),
    );
    // What a client does wrong, or that it went away, is nothing that a pretend cluster must answer for.
    this.https.on("clientError", (_error, socket) => socket.destroy());
  }

  /**
   * Begins to listen; once it has a port it keeps it for good.
   *
   * @param port 0 picks a free one
   * @throws when the port is taken
   */
  async open(port: number): Promise<void> {
    if (this.server !== undefined) {
      return;
    }
    const server = createServer((socket) => this.welcome(socket));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.port === 0 ? port : this.port, "127.0.0.1", () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
    this.server = server;
    this.port = portOf(server.address());
  }

  /** Listens no more and drops every connection; from then on connections are refused. */
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

  /** From now on shakes hands like this; connections that did so otherwise are gone. */
  shakeHands(handshake: Handshake): void {
    if (handshake !== this.handshake) {
      this.handshake = handshake;
      this.dropConnections();
    }
  }

  /** Shows another certificate from now on. */
  present({ certificatePem, keyPem }: Certificate): void {
    this.https.setSecureContext({ cert: certificatePem, key: keyPem });
    this.dropConnections();
  }

  private welcome(socket: Socket): void {
    this.sockets.add(socket);
    socket.once("close", () => this.sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    switch (this.handshake) {
      case "proper":
        this.https.emit("connection", socket);
        return;
      case "broken":
        socket.once("data", () => socket.end("HTTP/1.0 400 Bad Request\r\n\r\n"));
        return;
      case "silent":
        socket.resume();
    }
  }

  /** TLS hides the socket below it; its port tells which one it is. */
  private reset(request: IncomingMessage): void {
    const { remotePort } = request.socket;
    for (const socket of this.sockets) {
      if (socket.remotePort === remotePort) {
        socket.resetAndDestroy();
      }
    }
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
