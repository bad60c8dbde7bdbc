import { readFile } from "node:fs/promises";
import { isIP, type LookupFunction } from "node:net";
import {
  connect as tlsConnect,
  createSecureContext,
  type SecureContext,
  TLSSocket,
} from "node:tls";
import type { buildConnector } from "undici";
import type { ClusterTrust } from "../../contract/clusterAccess.ts";
import type { Failure } from "../../upgrade/observation.ts";
import { distrustOf, type Peer } from "./distrust.ts";
import { ConnectTimeoutError, failureOf, TrustError } from "./failure.ts";
import { codeOf } from "../errorCode.ts";

/** Makes connections to a peer that is trusted, and to no other. */
export type TrustedConnector = {
  /** For undici: calls back once, with a socket whose peer is trusted, or with the reason why there is none. */
  readonly connect: buildConnector.connector;
  /** Ends every connection that is still being made. */
  readonly abort: () => void;
};

/** What else a connector may be given. */
export type ConnectorOptions = {
  /** Called with what each peer showed that is trusted. */
  readonly onPeer?: (peer: Peer) => void;
  /** How names are looked up; by the system, unless said otherwise. */
  readonly lookup?: LookupFunction | undefined;
};

const keepAliveProbeMs = 60_000;

/**
 * A connector that hands a socket over only when its peer is trusted, so that nothing is ever sent to another.
 *
 * It is our own because undici's can't be stopped: a handshake without end would outlast every deadline.
 *
 * @param timeoutMs for the connection and its handshake
 * @throws TrustError when the CA file can't be used
 */
export async function trustedConnector(
  trust: ClusterTrust,
  timeoutMs: number,
  { onPeer, lookup }: ConnectorOptions = {},
): Promise<TrustedConnector> {
  const context = await secureContext(trust);
  const name = trust.kind === "system" || trust.kind === "ca-file" ? trust.serverName : null;
  const underWay = new Set<TLSSocket>();
  return {
    connect: ({ hostname, port }, callback) => {
      const socket = tlsConnect({
        host: hostname,
        port: port === "" ? 443 : Number(port),
        // An address is no server name; it is compared with the certificate all the same.
        servername: name ?? (isIP(hostname) === 0 ? hostname : ""),
        secureContext: context,
        ALPNProtocols: ["http/1.1"],
        // The verdict is ours, below: Node's own would drop the certificate that the message has to name. No session
        // is ever resumed, for that would hide the certificate.
        rejectUnauthorized: false,
        // Asked for every connection: a name that moved is followed.
        ...(lookup === undefined ? {} : { lookup }),
      });
      underWay.add(socket);
      socket.setNoDelay(true);
      socket.setKeepAlive(true, keepAliveProbeMs);
      const timer = setTimeout(() => {
        socket.destroy(new ConnectTimeoutError());
      }, timeoutMs);
      const isFirst = (): boolean => {
        clearTimeout(timer);
        return underWay.delete(socket);
      };
      socket.on("error", (error) => {
        if (isFirst()) {
          callback(error, null);
        }
      });
      socket.once("close", () => {
        if (isFirst()) {
          callback(new ConnectTimeoutError(), null);
        }
      });
      socket.once("secureConnect", () => {
        if (!isFirst()) {
          return;
        }
        const peer = peerOf(socket);
        const distrust = distrustOf(trust, peer);
        if (distrust === null) {
          onPeer?.(peer);
          callback(null, socket);
          return;
        }
        socket.destroy();
        callback(new TrustError(distrust), null);
      });
    },
    abort: () => {
      for (const socket of underWay) {
        socket.destroy();
      }
    },
  };
}

/** What an address presents, for people to compare before they pin it. */
export type Presented =
  | ({ readonly ok: true } & Pick<Peer, "fingerprint256" | "validFrom" | "validTo" | "names"> & {
        /** To whom it is made out, and by whom, e.g. `CN=qumulo, O=Example`; empty where it does not say. */
        readonly subject: string;
        readonly issuer: string;
      })
  | { readonly ok: false; readonly failure: Failure };

/**
 * Asks an address for its certificate; nothing but a handshake is sent. Never throws.
 *
 * @param url e.g. `https://10.20.0.11:8000`
 */
export async function fetchFingerprint(url: string, timeoutMs: number): Promise<Presented> {
  const { hostname, protocol, port } = new URL(url);
  const { connect } = await trustedConnector({ kind: "insecure" }, timeoutMs);
  return new Promise((resolve) => {
    const target = { hostname: hostname.replace(/^\[|\]$/g, ""), protocol, port };
    connect(target, (error, socket) => {
      if (error !== null) {
        resolve({ ok: false, failure: failureOf(error) });
        return;
      }
      const peer =
        socket instanceof TLSSocket ? { ...peerOf(socket), ...partiesOf(socket) } : undefined;
      socket.destroy();
      resolve(
        peer === undefined || peer.fingerprint256 === ""
          ? { ok: false, failure: { kind: "tls", message: "No certificate was presented." } }
          : { ok: true, ...peer },
      );
    });
  });
}

function partiesOf(socket: TLSSocket): { readonly subject: string; readonly issuer: string } {
  const { subject, issuer } = socket.getPeerCertificate();
  return { subject: nameOf(subject), issuer: nameOf(issuer) };
}

/** The parts of a name as OpenSSL writes them. */
function nameOf(parts: object | undefined): string {
  return Object.entries(parts ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(", ");
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

const minVersion = "TLSv1.2";
/** One context serves all connections that trust alike: each of its own would cost memory for every address. */
let systemContext: SecureContext | undefined;
let latestOfCa: { readonly ca: string; readonly context: SecureContext } | undefined;

async function secureContext(trust: ClusterTrust): Promise<SecureContext> {
  if (trust.kind !== "ca-file") {
    systemContext ??= createSecureContext({ minVersion });
    return systemContext;
  }
  try {
    const ca = await readFile(trust.path, "utf8");
    if (!ca.includes("-----BEGIN CERTIFICATE-----")) {
      throw new TrustError(`The CA file ${trust.path} holds no certificate in PEM.`);
    }
    if (latestOfCa?.ca !== ca) {
      latestOfCa = { ca, context: createSecureContext({ minVersion, ca }) };
    }
    return latestOfCa.context;
  } catch (error) {
    if (error instanceof TrustError) {
      throw error;
    }
    const code = codeOf(error) || "unreadable";
    throw new TrustError(`The CA file ${trust.path} can't be used (${code}).`);
  }
}
