import { readErrorReply } from "../../contract/clusterSiblings.ts";
import { shortText } from "../../contract/clusterText.ts";
import type { Failure } from "../../upgrade/observation.ts";
import { secondMs } from "../../upgrade/duration.ts";
import type { Reply } from "./exchange.ts";

/**
 * What an answer other than 200 means; its body is never repeated but for the cluster's own error class and words.
 *
 * @param hadToken whether a token was sent with the question
 */
export function httpFailureOf({ httpStatus, headers, body }: Reply, hadToken: boolean): Failure {
  const said = readErrorReply(body, headers);
  const words = said === null ? "" : `: ${said.replace(/\.$/, "")}`;
  switch (httpStatus) {
    case 401: {
      const message = hadToken
        ? `The token was refused (401)${words}.`
        : `The cluster asks for a token (401), and none is configured${words}.`;
      return { kind: "auth", message };
    }
    case 403: {
      const message = `The token lacks the privilege PRIVILEGE_UPGRADE_READ (403)${words}.`;
      return { kind: "auth", message };
    }
    case 404:
      return { kind: "http", message: "There is no /v3/upgrade/status here (404)." };
    default:
      break;
  }
  if (httpStatus >= 300 && httpStatus < 400) {
    const target = redirectHost(headers["location"]);
    return { kind: "http", message: `Redirected to ${target}; redirects are not followed.` };
  }
  if (httpStatus === 204) {
    return { kind: "http", message: "The answer has no content (204)." };
  }
  const length = body.length === 0 ? "" : `, ${body.length} bytes`;
  return { kind: "http", message: `The answer is ${httpStatus}${length}${words}.` };
}

const longestHost = 100;
const longestWaitMs = 24 * 60 * 60 * secondMs;

/**
 * Reads Retry-After, as seconds or as a date; null when it is absent or makes no sense. A date counts from the cluster's
 * own time in `Date`: its clock is never compared with ours.
 */
export function retryAfterMs(headers: Reply["headers"]): number | null {
  const value = headers["retry-after"];
  if (typeof value !== "string") {
    return null;
  }
  const ms = /^\d+$/.test(value.trim())
    ? Number(value) * secondMs
    : Date.parse(value) - (clusterTime(headers) ?? Number.NaN);
  return Number.isFinite(ms) && ms >= 0 && ms <= longestWaitMs ? ms : null;
}

/** The cluster's own time when it answered, to the second: its `Date` header; null where there is none. */
export function clusterTime(headers: Reply["headers"]): number | null {
  const value = headers["date"];
  const epochMs = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(epochMs) ? null : epochMs;
}

/** Only the host: path and query of a redirect are nobody's business. */
function redirectHost(location: Reply["headers"][string]): string {
  if (typeof location !== "string" || !URL.canParse(location)) {
    return "another path";
  }
  return shortText(new URL(location).host, longestHost) || "another path";
}
