/** Hosts and addresses in the configuration. */
import * as z from "zod/mini";

/** A URL in the one way that WHATWG writes it, so that `0xA9FEA9FE` can't pass for something else. */
function normalised(allowed: string, shape: RegExp) {
  return z
    .string({ error: allowed })
    .check(z.url({ normalize: true, error: allowed }), z.regex(shape, allowed));
}

const nodeRule =
  "an https address without user, path or query, such as https://10.20.0.11:8000; not a link-local or metadata host";

/**
 * Where cloud providers serve credentials to whoever asks from the machine: nothing that a dashboard should call.
 * Amazon, Google, Azure and Oracle use 169.254.0.0/16; the others are of Amazon (IPv6), Alibaba, Azure and Oracle.
 */
const metadataHosts = new Set([
  "metadata",
  "metadata.google.internal",
  "[fd00:ec2::254]",
  "100.100.100.200",
  "168.63.129.16",
  "192.0.0.192",
]);

function isRefusedHost(host: string): boolean {
  return (
    metadataHosts.has(host.replace(/\.$/, "")) ||
    host.startsWith("169.254.") ||
    /^\[fe[89ab][0-9a-f]:/.test(host) ||
    /^\[::(?:ffff:)?a9fe:/.test(host)
  );
}

function hostOf(url: string): string {
  return /^https?:\/\/(\[[^\]]*\]|[^:/]*)/.exec(url)?.[1] ?? "";
}

/** One address of a cluster, as an origin: `https://10.20.0.11:8000`. */
export const nodeAddress = z.pipe(
  normalised(nodeRule, /^https:\/\/[^/?#@]+\/$/).check(
    z.refine((url) => !isRefusedHost(hostOf(url)), nodeRule),
  ),
  z.transform((url) => url.slice(0, -1)),
);

const originRule = "an origin, such as https://portal.example";

/** An origin that may frame the pages. */
export const origin = z.pipe(
  normalised(originRule, /^https?:\/\/[^/?#@]+\/$/),
  z.transform((url) => url.slice(0, -1)),
);

/** An address for people to open. */
export const webAddress = normalised(
  "an http or https address, such as https://wiki.example/upgrade",
  /^https?:\/\/[^/?#@]+\/[^\s]*$/,
);

const hostRule = "a host's name or IP address without scheme and port, such as watch.example";

/** A host's name or address in small letters; an IPv6 address without its brackets. */
export const hostName = z.pipe(
  z
    .string({ error: hostRule })
    .check(z.regex(/^(?:[A-Za-z0-9._-]{1,253}|\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?)$/, hostRule)),
  z.transform((text) => text.toLowerCase().replace(/^\[|\]$/g, "")),
);

const basePathRule = "a path that begins with /, such as /upgrade-watch/";

/** The path below which everything is served; begins and ends with a slash. */
export const basePath = z.pipe(
  z.string({ error: basePathRule }).check(
    z.regex(/^\/(?:[A-Za-z0-9._~-]+\/)*(?:[A-Za-z0-9._~-]+)?$/, basePathRule),
    z.refine((path) => !path.split("/").some((part) => /^\.+$/.test(part)), basePathRule),
  ),
  z.transform((path) => (path.endsWith("/") ? path : `${path}/`)),
);

const blockRule = "an IP address or block, such as 127.0.0.1/32, and not all addresses there are";

/** An address or CIDR block of a reverse proxy. One that holds everybody would let everybody in under any name. */
export const addressBlock = z
  .union([z.ipv4(), z.cidrv4(), z.ipv6(), z.cidrv6()], { error: blockRule })
  .check(z.refine((block) => !block.endsWith("/0"), blockRule));

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  return (
    host === "localhost" || host === "::1" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}
