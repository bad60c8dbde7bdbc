import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import { buildConnector } from "undici";
import type { ClusterTrust } from "../../contract/clusterAccess.ts";
import type { Failure } from "../../upgrade/observation.ts";
import { distrustOf, type Peer } from "./distrust.ts";
import { failureOf, TrustError } from "./failure.ts";

/**
 * A connector that hands a socket over only when its peer is trusted, so that nothing is ever sent to another.
 *
 * @param timeoutMs for the connection and its handshake
 * @throws TrustError when the CA file can't be used
 */
export async function trustedConnector(
  trust: ClusterTrust,
  timeoutMs: number,
): Promise<buildConnector.connector> {
  const connector = buildConnector({
    timeout: timeoutMs,
    secureContext: await secureContext(trust),
    // The verdict is ours, below: Node's own would drop the certificate that the message has to name, and it hides
    // the certificate of a resumed session, so none is ever resumed.
    rejectUnauthorized: false,
    maxCachedSessions: 0,
    allowH2: false,
    ...serverName(trust),
  });
  return (options, callback) => {
    connector(options, (error, socket) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      const distrust =
        socket instanceof TLSSocket ? distrustOf(trust, peerOf(socket)) : "This is not TLS.";
      if (distrust === null) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(new TrustError(distrust), null);
    });
  };
}

/** What an address presents, for people to compare before they pin it. */
export type Presented =
  | { readonly ok: true; readonly fingerprint256: string; readonly validTo: string }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Asks an address for its certificate; nothing but a handshake is sent. Never throws.
 *
 * @param url e.g. `https://10.20.0.11:8000`
 */
export async function fetchFingerprint(url: string, timeoutMs: number): Promise<Presented> {
  const { hostname, host, protocol, port } = new URL(url);
  const connector = await trustedConnector({ kind: "insecure" }, timeoutMs);
  return new Promise((resolve) => {
    const target = { hostname: hostname.replace(/^\[|\]$/g, ""), host, protocol, port };
    connector(target, (error, socket) => {
      if (error !== null) {
        resolve({ ok: false, failure: failureOf(error) });
        return;
      }
      const peer = socket instanceof TLSSocket ? peerOf(socket) : undefined;
      socket.destroy();
      resolve(
        peer === undefined || peer.fingerprint256 === ""
          ? { ok: false, failure: { kind: "tls", message: "No certificate was presented." } }
          : { ok: true, fingerprint256: peer.fingerprint256, validTo: peer.validTo },
      );
    });
  });
}

function peerOf(socket: TLSSocket): Peer {
  const certificate = socket.getPeerCertificate();
  // Typed as an error, in fact its code.
  const reason: unknown = socket.authorizationError;
  return {
    authorized: socket.authorized,
    reason: typeof reason === "string" ? reason : "",
    fingerprint256: certificate.fingerprint256 ?? "",
    validFrom: certificate.valid_from ?? "",
    validTo: certificate.valid_to ?? "",
    names: certificate.subjectaltname ?? "",
  };
}

async function secureContext(trust: ClusterTrust): Promise<SecureContext> {
  const minVersion = "TLSv1.2";
  if (trust.kind !== "ca-file") {
    return createSecureContext({ minVersion });
  }
  try {
    const ca = await readFile(trust.path, "utf8");
    if (!ca.includes("-----BEGIN CERTIFICATE-----")) {
      throw new TrustError(`The CA file ${trust.path} holds no certificate in PEM.`);
    }
    return createSecureContext({ minVersion, ca });
  } catch (error) {
    if (error instanceof TrustError) {
      throw error;
    }
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new TrustError(`The CA file ${trust.path} can't be used (${code}).`);
  }
}

function serverName(trust: ClusterTrust): { servername?: string } {
  const name = trust.kind === "system" || trust.kind === "ca-file" ? trust.serverName : null;
  return name === null ? {} : { servername: name };
}
