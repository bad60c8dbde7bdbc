import { BlockList, isIPv6 } from "node:net";
import type { Viewers } from "../../contract/configuration.ts";
import { readSecretFile } from "../cluster/secret.ts";
import { digest } from "./entrance/passwords.ts";

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
