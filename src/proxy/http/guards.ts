import type { MiddlewareHandler } from "hono";
import { isLoopback } from "../../contract/configurationHosts.ts";
import { fail } from "./answer.ts";

/** What the guards need to know of the server. */
export type GuardedServer = {
  readonly host: string;
  readonly hosts: readonly string[];
  readonly frameAncestors: readonly string[];
  /** Whether this server itself speaks HTTPS. */
  readonly secure: boolean;
};

const yearSeconds = 31_536_000;

/** Headers of every answer, errors included. An answer that names no caching of its own is not stored. */
export function securityHeaders(server: GuardedServer): MiddlewareHandler {
  const ancestors = server.frameAncestors.length === 0 ? ["'none'"] : server.frameAncestors;
  const policy = [
    "default-src 'none'",
    ...["script", "style", "img", "connect", "font", "manifest"].map(
      (kind) => `${kind}-src 'self'`,
    ),
    "object-src 'none'",
    // The page's <base> names the path below which it is served.
    "base-uri 'self'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.join(" ")}`,
  ].join("; ");
  return async (context, next) => {
    await next();
    context.header("Content-Security-Policy", policy);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    if (server.secure) {
      context.header("Strict-Transport-Security", `max-age=${yearSeconds}`);
    }
    if (!context.res.headers.has("Cache-Control")) {
      context.header("Cache-Control", "no-store");
    }
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

/** Nothing here can be changed: GET and HEAD only. */
export const readOnly: MiddlewareHandler = async (context, next) => {
  if (context.req.method === "GET" || context.req.method === "HEAD") {
    return next();
  }
  return fail(context, "method-not-allowed", "Only GET is answered here.", { Allow: "GET, HEAD" });
};

/** Refuses calls that a browser makes for a page of another site. */
export const sameSiteOnly: MiddlewareHandler = async (context, next) => {
  if (context.req.header("sec-fetch-site") === "cross-site") {
    return fail(context, "cross-site", "Pages of other sites may not call this API.");
  }
  return next();
};
