import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList, isIP, isIPv6 } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";
import type { Viewers } from "../../contract/configuration.ts";
import { readSecretFile } from "../cluster/secret.ts";
import { fail } from "./answer.ts";

/** Who is admitted, with the passwords read. */
export type ViewerRules =
  | { readonly kind: "open" }
  | {
      readonly kind: "known";
      /** The digest of each user's password. */
      readonly users: ReadonlyMap<string, Uint8Array>;
      readonly trustedHeader: { readonly name: string; readonly from: BlockList } | null;
    };

/**
 * Reads the viewers' password files, once: a changed password holds from the next start.
 *
 * @throws SecretError when one can't be used
 */
export async function loadViewerRules(viewers: Viewers): Promise<ViewerRules> {
  if (viewers.kind !== "known") {
    return { kind: "open" };
  }
  const users = await Promise.all(
    viewers.users.map(
      async ({ name, passwordFile }) => [name, digest(await readSecretFile(passwordFile))] as const,
    ),
  );
  const header = viewers.trustedHeader;
  return {
    kind: "known",
    users: new Map(users),
    trustedHeader: header === null ? null : { name: header.name, from: blockList(header.from) },
  };
}

/** Admits those who are known, by HTTP Basic or by the header of a reverse proxy that is trusted. */
export function viewersOnly(rules: ViewerRules): MiddlewareHandler {
  return async (context, next) => {
    if (rules.kind === "open" || comesFromTrusted(context, rules) || hasPassword(context, rules)) {
      return next();
    }
    // A challenge to an API call would open the browser's dialog over a page that is already there.
    const isApi = context.req.path.startsWith("/api");
    const challenge = 'Basic realm="Upgrade Watch", charset="UTF-8"';
    return fail(
      context,
      "sign-in-required",
      "Sign in with a user and password that the server's configuration names.",
      isApi ? {} : { "WWW-Authenticate": challenge },
    );
  };
}

type KnownViewers = Extract<ViewerRules, { kind: "known" }>;

function comesFromTrusted(context: Context, { trustedHeader }: KnownViewers): boolean {
  if (trustedHeader === null || (context.req.header(trustedHeader.name) ?? "").trim() === "") {
    return false;
  }
  const peer = getConnInfo(context).remote.address ?? "";
  // An IPv4 peer of a socket for both families (`::ffff:10.1.2.3`) is checked against the IPv4 blocks too.
  return isIP(peer) !== 0 && trustedHeader.from.check(peer, isIPv6(peer) ? "ipv6" : "ipv4");
}

function hasPassword(context: Context, { users }: KnownViewers): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(context.req.header("authorization") ?? "");
  const [, name, password] =
    /^([^:]*):([^]*)$/.exec(Buffer.from(encoded?.[1] ?? "", "base64").toString("utf8")) ?? [];
  const expected = users.get(name ?? "");
  // An unknown user costs as much time as a wrong password, so that users can't be guessed.
  const matches = timingSafeEqual(digest(password ?? ""), expected ?? digest(""));
  return matches && expected !== undefined;
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

function blockList(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = "", bits] = block.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (bits === undefined) {
      list.addAddress(address, family);
    } else {
      list.addSubnet(address, Number(bits), family);
    }
  }
  return list;
}
