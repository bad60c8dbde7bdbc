import type { ServerConfiguration } from "../../contract/configuration.ts";
import type { InlineDigests } from "./indexPage.ts";

/** What the headers of an answer depend on. */
export type HeadedServer = Pick<ServerConfiguration, "frameAncestors" | "tls">;

const yearSeconds = 31_536_000;

/** What no page of ours ever uses; wake lock, full screen and sound stay allowed for walls. */
const refusedFeatures = [
  "camera",
  "display-capture",
  "geolocation",
  "hid",
  "microphone",
  "midi",
  "payment",
  "serial",
  "usb",
];

const nothingInline: InlineDigests = { scripts: [], styles: [] };

/**
 * The headers of every answer, also of those that are given before the application is asked.
 *
 * @param inline what stands in our own pages themselves; nothing else that does is run or heeded
 */
export function securityHeadersOf(
  server: HeadedServer,
  inline: InlineDigests = nothingInline,
): Readonly<Record<string, string>> {
  const ancestors = server.frameAncestors.length === 0 ? ["'none'"] : server.frameAncestors;
  const policy = [
    "default-src 'none'",
    ["script-src 'self'", ...inline.scripts].join(" "),
    ["style-src 'self'", ...inline.styles].join(" "),
    ...["img", "connect", "font", "manifest"].map((kind) => `${kind}-src 'self'`),
    "object-src 'none'",
    // The page's <base> names the path below which it is served.
    "base-uri 'self'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.join(" ")}`,
  ].join("; ");
  return {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": refusedFeatures.map((feature) => `${feature}=()`).join(", "),
    // For browsers that know no frame-ancestors; a list of portals can't be said this way.
    ...(server.frameAncestors.length === 0 ? { "X-Frame-Options": "DENY" } : {}),
    ...(server.tls === null ? {} : { "Strict-Transport-Security": `max-age=${yearSeconds}` }),
  };
}
