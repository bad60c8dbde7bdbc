import { type BlockList, isIP, isIPv6 } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";

/** Who is at the other end. */
export type Client = {
  /** Where limits count: an IPv4 address, or the /64 of an IPv6 address, which is one household. */
  readonly key: string;
  /** Whether the peer is a reverse proxy that the configuration lists; only then its headers are believed. */
  readonly viaTrusted: boolean;
};

/**
 * The client of a request. Behind a listed reverse proxy it is the address that this proxy saw, the last of
 * `X-Forwarded-For`; from anyone else that header is ignored.
 *
 * @param trusted the reverse proxies that are listed
 */
export function clientOf(context: Context, trusted: BlockList | null): Client {
  const peer = getConnInfo(context).remote.address ?? "";
  const viaTrusted = trusted !== null && isListed(peer, trusted);
  const forwarded = context.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return { key: keyOf(viaTrusted && isIP(forwarded) !== 0 ? forwarded : peer), viaTrusted };
}

function isListed(peer: string, trusted: BlockList): boolean {
  // An IPv4 peer of a socket for both families (`::ffff:10.1.2.3`) is checked against the IPv4 blocks too.
  return isIP(peer) !== 0 && trusted.check(peer, isIPv6(peer) ? "ipv6" : "ipv4");
}

function keyOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) {
    return mapped ?? address;
  }
  // WHATWG writes an address in one way; its first four groups, with `::` spelt out, are the network.
  const [left = "", right] = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname
    .slice(1, -1)
    .split("::");
  const groups = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const zeros = Array.from({ length: 8 - groups.length - tail.length }, () => "0");
  return `${[...groups, ...zeros, ...tail].slice(0, 4).join(":")}::/64`;
}
