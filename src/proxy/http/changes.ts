/** Keeps account of which summaries changed at which answer, so that a page that asks often need not be told all anew. */
import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod/mini";
import { type Clusters, nodeSchema, type Summary, summarySchema } from "../../contract/api.ts";
import { type Changes, momentaryKeys } from "../../contract/changes.ts";

/** Told of every answer that is prepared, it says what has changed up to the newest. */
export type ChangeBook = {
  /** @param since the mark of an earlier answer; any other text stands for none */
  readonly changesIn: (clusters: Clusters, since: string) => Changes;
};

type Entry = { readonly summary: Summary; readonly changedAt: number };

/** Opens a book; marks of another one mean nothing to it. */
export function openChangeBook(): ChangeBook {
  const name = randomBytes(6).toString("base64url");
  let entries = new Map<string, Entry>();
  let newest: Clusters | undefined;
  let turn = 0;
  /** The first answer whose clusters are those of now, in this order. */
  let orderedAt = 0;

  const enter = (clusters: Clusters): void => {
    turn += 1;
    const ids = clusters.clusters.map(({ id }) => id);
    if (!isDeepStrictEqual(ids, [...entries.keys()])) {
      orderedAt = turn;
    }
    entries = new Map(
      clusters.clusters.map((summary) => {
        const before = entries.get(summary.id);
        const isSame = before !== undefined && saysTheSame(before.summary, summary);
        return [summary.id, { summary, changedAt: isSame ? before.changedAt : turn }];
      }),
    );
    newest = clusters;
  };

  return {
    changesIn: (clusters, since) => {
      if (clusters !== newest) {
        enter(clusters);
      }
      const [book, told = ""] = since.split(".");
      const from = book === name ? Number(told) : Number.NaN;
      const isWhole = !(from >= orderedAt && from <= turn);
      const all = [...entries.values()];
      const changed = isWhole ? all : all.filter(({ changedAt }) => changedAt > from);
      return {
        ...clusters,
        mark: `${name}.${turn}`,
        isWhole,
        clusters: changed.map(({ summary }) => summary),
        agesMs: clusters.clusters.map(({ ageMs }) => ageMs),
      };
    },
  };
}

const momentary: ReadonlySet<string> = new Set(momentaryKeys);
const lastingKeys = z
  .keyof(summarySchema)
  .options.filter((key) => key !== "nodes" && !momentary.has(key));
// When a node was heard last is an age under another name.
const lastingNodeKeys = z.keyof(nodeSchema).options.filter((key) => key !== "heardAt");

/** Whether two summaries differ at most in what each answer has anew. */
export function saysTheSame(one: Summary, other: Summary): boolean {
  return (
    sameIn(lastingKeys, one, other) &&
    one.nodes.length === other.nodes.length &&
    one.nodes.every((node, index) => {
      const counterpart = other.nodes[index];
      return counterpart !== undefined && sameIn(lastingNodeKeys, node, counterpart);
    })
  );
}

/** By far the most values are no objects, and those are compared a thousand times a tick. */
function sameIn<Value>(keys: readonly (keyof Value)[], one: Value, other: Value): boolean {
  return keys.every((key) => one[key] === other[key] || isDeepStrictEqual(one[key], other[key]));
}
