import type { RunSummary } from "../../../contract/runs.ts";
import { alikeWords, kindBySettings } from "../../../upgrade/forecast/kind.ts";

/** Upgrades that are alike to the same degree. */
export type Candidates = { readonly words: string; readonly runs: readonly RunSummary[] };

const others = "Others";

/** What an upgrade may be laid beside: those most like it first, and among these the newest. */
export function candidatesFor(run: RunSummary, all: readonly RunSummary[]): readonly Candidates[] {
  const groups = new Map<string, Map<string, RunSummary>>();
  const kind = kindBySettings(run);
  const found = all
    .filter(({ cluster, id }) => cluster !== run.cluster || id !== run.id)
    .map((each) => ({ each, alike: alikeWords(kind, kindBySettings(each)) }))
    .toSorted(
      (one, other) =>
        (one.alike?.step ?? Infinity) - (other.alike?.step ?? Infinity) ||
        other.each.from - one.each.from,
    );
  for (const { each, alike } of found) {
    const words = alike === null ? others : capitalised(alike.words);
    const group = groups.get(words) ?? new Map<string, RunSummary>();
    groups.set(words, group.set(`${each.cluster} ${each.id}`, each));
  }
  return [...groups].map(([words, runs]) => ({ words, runs: [...runs.values()] }));
}

function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
