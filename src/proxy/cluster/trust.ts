import { connect as tlsConnect, TLSSocket } from "node:tls";
import { readFile } from "node:fs/promises";
import { buildConnector } from "undici";
import type { ClusterTrust } from "../../contract/clusterAccess.ts";
import { PinMismatchError } from "./failure.ts";

const oldestTls = "TLSv1.2";

/**
 * A connector that hands a socket over only when its peer is trusted, so that nothing is ever sent to another.
 *
 * @param timeoutMs for the connection and its handshake
 * @throws when the CA file can't be read
 */
export async function trustedConnector(
  trust: ClusterTrust,
  timeoutMs: number,
): Promise<buildConnector.connector> {
  const common = { timeout: timeoutMs, minVersion: oldestTls, allowH2: false } as const;
  switch (trust.kind) {
    case "system":
      return buildConnector({ ...common, ...serverName(trust.serverName) });
    case "ca-file": {
      const ca = await readFile(trust.path);
      return buildConnector({ ...common, ca, ...serverName(trust.serverName) });
    }
    case "insecure":
      return buildConnector({ ...common, rejectUnauthorized: false });
    case "fingerprint": {
      // A resumed session does not show its certificate, so none is ever resumed.
      const connector = buildConnector({
        ...common,
        rejectUnauthorized: false,
        maxCachedSessions: 0,
      });
      return pinned(connector, trust.sha256);
    }
  }
}

function pinned(
  connector: buildConnector.connector,
  pins: readonly string[],
): buildConnector.connector {
  return (options, callback) => {
    connector(options, (error, socket) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      const presented =
        socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : "";
      if (presented === "" || !pins.includes(presented)) {
        socket.destroy();
        callback(new PinMismatchError(pins, presented || "none"), null);
        return;
      }
      callback(null, socket);
    });
  };
}

/**
 * The SHA-256 fingerprint of the certificate that an address presents, for people to compare; null when there is none.
 * Nothing but a handshake is sent.
 *
 * @param url e.g. `https://10.20.0.11:8000`
 */
export async function presentedFingerprint(url: string, timeoutMs: number): Promise<string | null> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = tlsConnect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: port === "" ? 443 : Number(port),
      rejectUnauthorized: false,
      minVersion: oldestTls,
    });
    const settle = (fingerprint: string | null): void => {
      socket.destroy();
      resolve(fingerprint);
    };
    socket.setTimeout(timeoutMs, () => settle(null));
    socket.once("error", () => settle(null));
    socket.once("secureConnect", () => settle(socket.getPeerCertificate().fingerprint256 || null));
  });
}

function serverName(name: string | null): { servername?: string } {
  return name === null ? {} : { servername: name };
}
