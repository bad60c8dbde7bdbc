import { newestOf, type Received } from "../../api/fetchJson.ts";
import { datedPage, type PageAnswer } from "../../shell/pageAnswer.ts";

/**
 * A number that is another one for each answer that a wall's pulse stands for: the cluster's own on the wall of one, for
 * our server answers on whether the cluster does or not; our server's on the wall of many.
 */
export function beatOf(received: Received<PageAnswer>): number {
  const newest = newestOf(received);
  return "clusters" in newest.answer
    ? newest.receivedAtMs
    : (datedPage(newest).answer.observedAt ?? 0);
}
