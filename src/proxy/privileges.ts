import type { SignedInAs } from "../contract/clusterSiblings.ts";

/** A privilege that is of use, and what is missing without it. */
const useful = {
  PRIVILEGE_UPGRADE_READ: "the state of an upgrade can't be read",
  PRIVILEGE_REBOOT_READ:
    "how many nodes are back from a rolling reboot, and whether it stopped on an error, can't be shown",
  PRIVILEGE_CLUSTER_READ: "whether this is the cluster that is configured can't be checked",
} as const satisfies Record<string, string>;

type Useful = keyof typeof useful;

/** What of the privileges is worth a notice; null where nothing is. */
export type PrivilegeNotices = { readonly missing: string | null; readonly excess: string | null };

/**
 * Tells which privileges are missing, and whether there are more than reading takes.
 *
 * @param who null where the cluster does not tell
 * @param needed those whose lack would be felt here
 */
export function privilegeNotices(
  who: SignedInAs | null,
  needed: readonly Useful[],
): PrivilegeNotices {
  if (who === null) {
    return { missing: null, excess: null };
  }
  const lacking = needed.filter((name) => !who.privileges.includes(name));
  const writing = who.privileges.filter((name) => name.endsWith("_WRITE"));
  return {
    missing:
      lacking.length === 0
        ? null
        : lacking.map((name) => `${who.name} lacks ${name}: ${useful[name]}.`).join(" "),
    excess: writing.length === 0 ? null : excessWords(who.name, writing),
  };
}

const mostNamed = 3;

function excessWords(user: string, writing: readonly string[]): string {
  const more = writing.length - mostNamed;
  const names = `${writing.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return `${user} may do more than read (${names}). Upgrade Watch only ever reads: a service account with PRIVILEGE_UPGRADE_READ and PRIVILEGE_REBOOT_READ is enough.`;
}
