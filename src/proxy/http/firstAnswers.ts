/** The answer that a page would ask for first, so that it can come along with the page itself. */
import { clusterStatusSchema } from "../../contract/api.ts";
import { allClustersPath, clusterStatusPath } from "../../contract/firstAnswer.ts";
import { type Body, bodyOf } from "./body.ts";
import type { ClustersBodies } from "./clustersBodies.ts";
import type { FleetView } from "./fleetView.ts";
import { wireText } from "./wireText.ts";

const statusText = wireText(clusterStatusSchema);

/** What is asked for, below the page's base, and what is answered now. */
export type FirstAnswer = { readonly path: string; readonly body: Body };

/** By a page's address, as the router decoded it; null where nothing is known ahead. */
export type FirstAnswers = (address: string) => FirstAnswer | null;

/** Answers ahead from what a view has at hand. */
export function openFirstAnswers(
  view: Pick<FleetView, "status">,
  clustersBodies: ClustersBodies,
): FirstAnswers {
  return (address) => {
    if (address === "/" || address === "/wall") {
      return { path: allClustersPath, body: clustersBodies("") };
    }
    const [, encoded] = /^\/(?:clusters|wall)\/([^/]+)$/.exec(address) ?? [];
    const id = encoded === undefined ? null : decoded(encoded);
    const status = id === null ? undefined : view.status(id);
    return id === null || status === undefined
      ? null
      : {
          path: clusterStatusPath(id),
          body: bodyOf(statusText(status), "live"),
        };
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
