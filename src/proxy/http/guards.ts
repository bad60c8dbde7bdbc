import type { MiddlewareHandler } from "hono";
import { ownHeader } from "../../contract/api.ts";
import type { ServerConfiguration } from "../../contract/configuration.ts";
import { isLoopback } from "../../contract/configurationHosts.ts";
import { fail } from "./answer.ts";
import { type HeadedServer, securityHeadersOf } from "./headers.ts";
import type { InlineDigests } from "./indexPage.ts";

/** What the guards need to know of the server. */
export type GuardedServer = HeadedServer & Pick<ServerConfiguration, "host" | "hosts">;

/**
 * Headers of every answer, errors included. An answer that names no caching of its own is not stored. They are set before
 * it is made: to change them after that would make it a second time.
 */
export function securityHeaders(server: GuardedServer, inline: InlineDigests): MiddlewareHandler {
  const headers = Object.entries({
    ...securityHeadersOf(server, inline),
    "Cache-Control": "no-store",
  });
  return async (context, next) => {
    for (const [name, value] of headers) {
      context.header(name, value);
    }
    return next();
  };
}

/** Refuses host names that are not ours, so that a foreign name can't be rebound to this server. */
export function knownHostsOnly(server: GuardedServer): MiddlewareHandler {
  const known = new Set([server.host, ...server.hosts].map((host) => host.toLowerCase()));
  const isKnown = (host: string) => known.has(host) || isLoopback(host);
  return async (context, next) => {
    // An absolute request line carries a host of its own beside the header: both must be ours.
    const named = [context.req.header("host"), new URL(context.req.url).host].filter(
      (host) => host !== undefined,
    );
    if (named.every((host) => isKnown(withoutPort(host)))) {
      return next();
    }
    return fail(
      context,
      "unknown-host",
      "This server does not answer to that host name; server.hosts in its configuration lists more names.",
    );
  };
}

/** `[::1]:4600` is `::1`; `Watch.example.:80` is `watch.example`. */
function withoutPort(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d*$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

const reading: readonly string[] = ["GET", "HEAD"];

/** What may be done at a path: nearly everything here is only ever read. */
function verbsAt(path: string): readonly string[] {
  if (path === "/api/sign-in" || path === "/api/sign-out") {
    return ["POST"];
  }
  if (/^\/api\/clusters\/[^/]+\/notes$/.test(path)) {
    return [...reading, "POST"];
  }
  return /^\/api\/clusters\/[^/]+\/notes\/[^/]+\/withdraw$/.test(path) ? ["POST"] : reading;
}

/** GET and HEAD, without a body; POST only where something may be sent to. */
export const readOnly: MiddlewareHandler = async (context, next) => {
  const { method, path } = context.req;
  const verbs = verbsAt(path);
  if (!verbs.includes(method)) {
    const named = verbs.filter((verb) => verb !== "HEAD").join(" and ");
    return fail(context, "method-not-allowed", `Only ${named} is answered here.`, {
      Allow: verbs.join(", "),
    });
  }
  const hasBody =
    context.req.header("transfer-encoding") !== undefined ||
    !/^0*$/.test(context.req.header("content-length") ?? "");
  if (hasBody && method !== "POST") {
    return fail(context, "body-not-allowed", "A question has no body here.", {
      Connection: "close",
    });
  }
  return next();
};

/** Refuses calls that a browser makes for a page of another site. */
export const sameSiteOnly: MiddlewareHandler = async (context, next) => {
  if (context.req.header("sec-fetch-site") === "cross-site") {
    return fail(context, "cross-site", "Pages of other sites may not call this API.");
  }
  return next();
};

/**
 * Lets through what one of our own pages sends: JSON with a header of ours, which another site's page may not send
 * without being asked back first, from our own origin. What is no browser names no origin.
 */
export function ownPagesOnly({ hosts }: Pick<GuardedServer, "hosts">): MiddlewareHandler {
  return async (context, next) => {
    const header = (name: string): string | undefined => context.req.header(name);
    if (!/^application\/json\s*(?:;|$)/i.test(header("content-type") ?? "")) {
      return fail(context, "not-json", "Only application/json is accepted here.");
    }
    const site = header("sec-fetch-site");
    const origin = header("origin");
    const isOwn =
      header(ownHeader) !== undefined &&
      (site === undefined || site === "same-origin") &&
      (origin === undefined || isOurs(origin, header("host") ?? "", hosts));
    return isOwn
      ? next()
      : fail(context, "cross-site", "Only this server's own pages may send something here.");
  };
}

/** A reverse proxy may have put its own name for us in place of the host; then the origin's is one that is listed. */
function isOurs(origin: string, host: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(origin)) {
    return false;
  }
  const named = new URL(origin);
  const isHost = URL.canParse(`${named.protocol}//${host}`)
    ? new URL(`${named.protocol}//${host}`).host === named.host
    : false;
  return isHost || hosts.includes(named.hostname);
}
