import { versionText } from "../../upgrade/version.ts";
import type { ClusterFacts } from "../api/fleet/answer.ts";
import { versionsOf } from "../shell/versions.ts";
import { grouped } from "../ui/collections.ts";
import type { FleetParameters } from "./parameters.ts";

/** Clusters that stand together. */
export type Section = {
  /** The label's value; null for clusters without the label, and where nothing is grouped. */
  readonly value: string | null;
  readonly clusters: readonly ClusterFacts[];
  /** All clusters of the group, whatever the filters leave of it. */
  readonly whole: readonly ClusterFacts[];
};

/** What is shown of a fleet. */
export type Selection = {
  /** All but the choice of verdicts applied: what the counts at the top count. */
  readonly counted: readonly ClusterFacts[];
  readonly sections: readonly Section[];
  readonly shown: number;
};

/**
 * The clusters that the parameters leave, in their groups.
 *
 * @param clusters in the order in which they are to be shown
 */
export function select(clusters: readonly ClusterFacts[], parameters: FleetParameters): Selection {
  const { verdicts, group } = parameters;
  const isMeant = matcher(parameters);
  const counted = clusters.filter(isMeant);
  const chosen =
    verdicts.length === 0 ? counted : counted.filter(({ verdict }) => verdicts.includes(verdict));
  if (group === null) {
    const all = { value: null, clusters: chosen, whole: clusters };
    return { counted, sections: [all], shown: chosen.length };
  }
  const wholes = grouped(clusters, ({ labels }) => labels[group] ?? null);
  const left = grouped(chosen, ({ labels }) => labels[group] ?? null);
  const sections = [...wholes]
    .sort(([one], [other]) => byValue(one, other))
    .map(([value, whole]) => ({ value, whole, clusters: left.get(value) ?? [] }))
    .filter((section) => section.clusters.length > 0);
  return { counted, sections, shown: chosen.length };
}

/** What the filters offer: only what some cluster has. */
export type Offers = {
  readonly versions: readonly string[];
  readonly types: readonly string[];
  readonly labels: readonly string[];
};

/** The versions, types and labels of a fleet. */
export function offersOf(clusters: readonly ClusterFacts[]): Offers {
  return {
    versions: distinct(clusters.flatMap((summary) => versionWords(summary))),
    types: distinct(clusters.flatMap(({ upgradeType }) => upgradeType ?? [])),
    labels: distinct(clusters.flatMap(({ labels }) => Object.keys(labels))),
  };
}

function matcher({ search, version, type }: FleetParameters): (summary: ClusterFacts) => boolean {
  const words = search
    .toLocaleLowerCase("en")
    .split(/\s+/)
    .filter((word) => word !== "");
  return (summary) =>
    (version === null || versionWords(summary).includes(version)) &&
    (type === null || summary.upgradeType === type) &&
    (words.length === 0 || containsAll(searchable(summary), words));
}

function containsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** What a search looks through: names, versions, what is said of the cluster, its labels, the ticket. */
function searchable(summary: ClusterFacts): string {
  const { name, id, headline, errorInfo, labels, ticket, contact } = summary;
  const parts = [name, id, headline, errorInfo, ticket, contact, ...versionWords(summary)];
  const labelled = Object.entries(labels).map(([label, value]) => `${label}:${value}`);
  return [...parts, ...labelled].join("\n").toLocaleLowerCase("en");
}

function versionWords(summary: ClusterFacts): readonly string[] {
  const { from, to } = versionsOf(summary);
  return [from === "—" ? null : from, to].flatMap((version) =>
    version === null ? [] : versionText(version),
  );
}

/** `wave 10` comes after `wave 9`; clusters without the label come last. */
function byValue(one: string | null, other: string | null): number {
  if (one === null || other === null) {
    return one === other ? 0 : one === null ? 1 : -1;
  }
  return naturally.compare(one, other);
}

const naturally = new Intl.Collator("en", { numeric: true });

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort((one, other) => naturally.compare(one, other));
}
