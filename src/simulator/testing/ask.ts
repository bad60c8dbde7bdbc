/** A bare HTTPS client for the specs: it trusts everyone and says exactly what came over the wire. */
import { Agent, request } from "node:https";
import type { IncomingHttpHeaders } from "node:http";

/** What a question brought. */
export type Heard = {
  /** Undefined when no reply began. */
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The code of the error that ended it, e.g. ECONNREFUSED; undefined when the reply was complete. */
  readonly fault: string | undefined;
  /** The call to the system that failed, e.g. `read` when the peer has sent a reset. */
  readonly failedCall: string | undefined;
  /** SHA-256 of the certificate that was shown. */
  readonly fingerprint256: string | undefined;
};

/** How to ask. */
export type Question = {
  readonly token?: string;
  readonly method?: string;
  readonly body?: string;
  readonly agent?: Agent;
  /** Gives up by itself once this much of the reply was heard. */
  readonly untilBytes?: number;
};

/** Asks once; never throws. */
export function ask(url: string, question: Question = {}): Promise<Heard> {
  const { token, method = "GET", body, agent = new Agent(), untilBytes } = question;
  return new Promise((resolve) => {
    let status: number | undefined;
    let headers: IncomingHttpHeaders = {};
    let fingerprint256: string | undefined;
    let text = "";
    const end = (fault: string | undefined, failedCall?: string): void => {
      if (question.agent === undefined) {
        agent.destroy();
      }
      resolve({ status, headers, body: text, fault, failedCall, fingerprint256 });
    };
    const sent = request(
      url,
      {
        method,
        agent,
        rejectUnauthorized: false,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      },
      (response) => {
        status = response.statusCode;
        headers = response.headers;
        if ("getPeerCertificate" in response.socket) {
          fingerprint256 = fingerprintOf(response.socket);
        }
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
          if (untilBytes !== undefined && text.length >= untilBytes) {
            response.destroy();
            end("ENOUGH");
          }
        });
        response.on("error", (error) => end(codeOf(error)));
        response.on("end", () => end(undefined));
      },
    );
    sent.on("error", (error) =>
      end(
        codeOf(error),
        "syscall" in error && typeof error.syscall === "string" ? error.syscall : undefined,
      ),
    );
    sent.end(body);
  });
}

function fingerprintOf(socket: object): string | undefined {
  if (!("getPeerCertificate" in socket) || typeof socket.getPeerCertificate !== "function") {
    return undefined;
  }
  const certificate: unknown = socket.getPeerCertificate();
  return typeof certificate === "object" &&
    certificate !== null &&
    "fingerprint256" in certificate &&
    typeof certificate.fingerprint256 === "string"
    ? certificate.fingerprint256
    : undefined;
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
