import type { ClusterFacts } from "../api/fleet/answer.ts";
import { byAttention } from "../shell/order.ts";

/**
 * Sorts a fleet by attention, again and again. It begins with the order of last time: few clusters change their places from
 * one answer to the next, and comparing a thousand names with one another cost more than drawing the rows.
 */
export function attentionOrder(): (clusters: readonly ClusterFacts[]) => readonly ClusterFacts[] {
  let ids: readonly string[] = [];
  return (clusters) => {
    const left = new Map(clusters.map((facts) => [facts.id, facts]));
    const known = ids.flatMap((id) => {
      const facts = left.get(id) ?? [];
      left.delete(id);
      return facts;
    });
    const sorted = byAttention([...known, ...left.values()]);
    ids = sorted.map(({ id }) => id);
    return sorted;
  };
}
