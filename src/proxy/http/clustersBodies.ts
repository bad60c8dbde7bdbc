/** The answers about all clusters, made once for all who ask the same within a tick. */
import * as z from "zod/mini";
import { type Clusters, clustersSchema, summarySchema } from "../../contract/api.ts";
import { changesSchema, momentaryKeys } from "../../contract/changes.ts";
import { type Body, bodyOf } from "./body.ts";
import { openChangeBook } from "./changes.ts";
import type { FleetView } from "./fleetView.ts";
import { repeatedList } from "./repeatedList.ts";
import { wireText } from "./wireText.ts";

/** Of one tick no more bodies are kept than this: a mark may be anything that someone sends. */
const mostBodies = 32;
const longestMark = 64;

const besideText = wireText(z.omit(clustersSchema, { clusters: true }));
const changesText = wireText(changesSchema);

/** The answer of now: all clusters, or what has changed since a mark. */
export type ClustersBodies = (since: string | undefined) => Body;

/** Prepares the answers of a view. */
export function openClustersBodies(view: Pick<FleetView, "clusters">): ClustersBodies {
  const prepared = new WeakMap<Clusters, Map<string, Body>>();
  const changeBook = openChangeBook();
  // When a node was heard last changes with every poll, the moments of that poll with every answer.
  const summariesText = repeatedList(summarySchema, [["nodes"], momentaryKeys]);
  const textOf = (clusters: Clusters, since: string | undefined): string =>
    since === undefined
      ? `{"clusters":[${summariesText(clusters.clusters)}],${besideText(clusters).slice(1)}`
      : changesText(changeBook.changesIn(clusters, since));
  return (since) => {
    const clusters = view.clusters();
    const bodies = prepared.get(clusters) ?? new Map<string, Body>();
    prepared.set(clusters, bodies);
    // All viewers who ask in step have the same mark, so that a tick has one body for them, or few.
    const key = since === undefined ? "all" : `since ${since.slice(0, longestMark)}`;
    const body = bodies.get(key) ?? bodyOf(textOf(clusters, since), "live");
    if (bodies.size < mostBodies) {
      bodies.set(key, body);
    }
    return body;
  };
}
