import type { Summary } from "../../contract/api.ts";
import { type Face, verdictFaces } from "../../upgrade/verdictFace.ts";
import { attentions, type Verdict, verdicts } from "../../upgrade/verdictNames.ts";

/** What asks for something first, then what moves, then the rest by name; equal ones keep their order. */
export function byAttention<Judged extends Pick<Summary, "attention" | "verdict" | "name" | "id">>(
  clusters: readonly Judged[],
): readonly Judged[] {
  return clusters.toSorted(
    (left, right) =>
      urgency.indexOf(left.attention) - urgency.indexOf(right.attention) ||
      verdicts.indexOf(left.verdict) - verdicts.indexOf(right.verdict) ||
      byName.compare(left.name, right.name) ||
      byName.compare(left.id, right.id),
  );
}

/** Made once: of a thousand clusters many pairs are compared. */
const byName = new Intl.Collator("en", { numeric: true });

const urgency = attentions.toReversed();

/** How many clusters have a verdict, and the word that stands after the number. */
export type Count = {
  readonly verdict: Verdict;
  readonly face: Face;
  readonly count: number;
  readonly word: string;
};

/**
 * How many clusters have which verdict, the most urgent first.
 *
 * @param always verdicts that are counted even where no cluster has them
 */
export function countVerdicts(
  clusters: readonly Pick<Summary, "verdict">[],
  always: readonly Verdict[] = [],
): readonly Count[] {
  return verdicts
    .map((verdict) => ({
      verdict,
      face: verdictFaces[verdict],
      count: clusters.filter((cluster) => cluster.verdict === verdict).length,
    }))
    .filter(({ verdict, count }) => count > 0 || always.includes(verdict))
    .map((counted) => ({ ...counted, word: wordOf(counted) }));
}

function wordOf({ verdict, face, count }: Omit<Count, "word">): string {
  return verdict === "waiting" && count !== 1 ? "Wait for you" : face.word;
}
