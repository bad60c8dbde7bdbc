import type { Notice } from "../../contract/api.ts";
import type { Received } from "../api/fetchJson.ts";
import type { ClusterFacts } from "../api/fleet/answer.ts";
import { asDated, type Dated } from "../api/freshness.ts";

/** What every page is about: an answer of our own server, of one cluster or of many. */
export type PageAnswer = {
  readonly now: number;
  readonly nextPollInMs: number;
  readonly simulated: boolean;
  readonly notices: readonly Notice[];
  readonly build: string;
  readonly node?: string | null;
  readonly latencyMs?: number | null;
} & ({ readonly clusters: readonly ClusterFacts[] } | (Dated & ClusterFacts));

/** The freshness of a page: its cluster's own, or that of the answer where it is about many. */
export function datedPage(received: Received<PageAnswer>): Received<Dated> {
  const { answer, newest, ...when } = received;
  const dated = { ...when, answer: "clusters" in answer ? asDated(answer) : answer };
  return newest === undefined
    ? dated
    : {
        ...dated,
        newest: {
          get current() {
            return datedPage(newest.current);
          },
        },
      };
}

/** The clusters that an answer is about. */
export function clustersOf(answer: PageAnswer): readonly ClusterFacts[] {
  return "clusters" in answer ? answer.clusters : [answer];
}

/** Host and port of a node's address; the address itself where it can't be read. */
export function nodeName(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/:8000$/, "") : url;
}
