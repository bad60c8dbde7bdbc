/**
 * Our own HTTP API: one schema each for what the server sends and the browser reads; `/api/openapi.json` is generated
 * from the same schemas. On the wire a time is ISO 8601 UTC with milliseconds, in memory it is {@link EpochMs}.
 */
import * as z from "zod/mini";
import { attentions, links, verdicts, windowFits } from "../upgrade/verdictNames.ts";

/** A moment: ISO 8601 UTC with milliseconds on the wire, milliseconds since 1970 in memory. */
export const time = z.codec(z.iso.datetime({ precision: 3 }), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (epochMs) => new Date(epochMs).toISOString(),
});

const label = z.record(z.string(), z.string());

/** The six settings of an upgrade by the cluster's own names. */
export const settingsSchema = z.object({
  install_path: z.nullable(z.string()),
  target_version: z.nullable(z.string()),
  upgrade_type: z.nullable(z.string()),
  auto_commit: z.nullable(z.boolean()),
  do_rolling_reboot: z.nullable(z.boolean()),
  num_nodes_to_reboot: z.nullable(z.number()),
});

/** One validated reply of a cluster's status endpoint. */
export const statusSchema = z.object({
  state: z.string(),
  progress: z.nullable(z.number()),
  settings: z.nullable(settingsSchema),
  error_info: z.nullable(z.string()),
});

/** Something worth knowing that is no verdict, keyed by its code. */
export const noticeSchema = z.object({ code: z.string(), since: time, message: z.string() });

/** One address of a cluster and how it fares. */
export const nodeSchema = z.object({
  url: z.string(),
  answered: z.boolean(),
  since: time,
  /** The upgrade state as it told it last, which the picture may not go by; null while it does not answer. */
  state: z.nullable(z.string()),
  /** When it answered last with its state. */
  heardAt: z.nullable(time),
  version: z.nullable(z.string()),
  reason: z.nullable(z.string()),
});

/** When the present state or the whole upgrade is likely to end, and what that rests on. */
export const etaSchema = z.object({
  earliest: time,
  likely: time,
  latest: time,
  basis: z.string(),
  /** On how many earlier upgrades it rests; 0 where on the pace of this one alone. */
  runs: z.number(),
});

/** How long it should take from the commit to the end, and what that rests on. */
export const afterCommitSchema = z.object({
  earliestMs: z.number(),
  likelyMs: z.number(),
  latestMs: z.number(),
  basis: z.string(),
  runs: z.number(),
});

/** Whether the upgrade in flight will be over before its change window is. */
export const windowSchema = z.object({
  end: time,
  fit: z.enum(windowFits),
  words: z.string(),
  /** While a person has yet to commit: the last moment at which a commit still fits. */
  commitBy: z.nullable(time),
});

/** How far a rolling reboot is, and what was heard of its course. */
export const rebootSchema = z.object({
  total: z.number(),
  rebooted: z.number(),
  state: z.string(),
  /** Since when the count is what it is. */
  since: time,
  /** False where it may have been so before it was heard. */
  sinceExact: z.boolean(),
  /** Nodes that came back one after another, or together, with how long that took; null where it is not known. */
  steps: z.array(z.object({ nodes: z.number(), ms: z.nullable(z.number()) })),
  /** The median time per node; null while no node's was heard. */
  medianMs: z.nullable(z.number()),
});

/** Everything a wall tile or a fleet row says of a cluster. */
export const summarySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What the cluster calls itself; null where that was not read. */
  clusterName: z.nullable(z.string()),
  labels: label,
  zone: z.string(),
  simulated: z.boolean(),
  observedAt: z.nullable(time),
  ageMs: z.nullable(z.number()),
  intervalMs: z.number(),
  staleAfterMs: z.number(),
  node: z.nullable(z.string()),
  latencyMs: z.nullable(z.number()),
  nodes: z.array(nodeSchema),
  link: z.enum(links),
  linkSince: time,
  state: z.nullable(z.string()),
  progress: z.nullable(z.number()),
  stateSince: z.nullable(time),
  stateSinceExact: z.boolean(),
  upgradeType: z.nullable(z.string()),
  targetVersion: z.nullable(z.string()),
  fromVersion: z.nullable(z.string()),
  runningVersion: z.nullable(z.string()),
  reboot: z.nullable(rebootSchema),
  blocked: z.nullable(z.object({ reason: z.string() })),
  errorInfo: z.nullable(z.string()),
  verdict: z.enum(verdicts),
  attention: z.enum(attentions),
  headline: z.string(),
  detail: z.string(),
  /** The end of the present state. */
  eta: z.nullable(etaSchema),
  /** The end of the whole upgrade; null also while a person has yet to commit, for nobody knows when that one comes. */
  etaWhole: z.nullable(etaSchema),
  /** While a person has yet to commit: how long it takes from then on. */
  afterCommit: z.nullable(afterCommitSchema),
  notices: z.array(noticeSchema),
  /** Which run this is about: since when it goes, and its end; null while there is none. */
  run: z.nullable(z.object({ from: time, to: z.nullable(time) })),
  /** Opaque; changes with every new span, so a browser knows when the history is worth asking for. */
  revision: z.string(),
  /** How long until the next poll of this cluster should have its answer. */
  nextPollInMs: z.number(),
  runbook: z.nullable(z.string()),
  contact: z.nullable(z.string()),
  ticket: z.nullable(z.string()),
  windowEnd: z.nullable(time),
  /** Null where no upgrade is in flight, or it has no window. */
  window: z.nullable(windowSchema),
});

/** `/api/clusters`: what the fleet page and the wall poll. */
export const clustersSchema = z.object({
  now: time,
  build: z.string(),
  simulated: z.boolean(),
  notices: z.array(noticeSchema),
  clusters: z.array(summarySchema),
  nextPollInMs: z.number(),
});

/** `/api/clusters/:id/upgrade/status`: one cluster, flat. */
export const clusterStatusSchema = z.extend(summarySchema, {
  now: time,
  build: z.string(),
  status: z.nullable(statusSchema),
});

/** A piece of a cluster's row: what it was heard to be in, or why nothing was heard. */
export const laneSegmentSchema = z.object({
  kind: z.enum(["state", "missed", "away", "outage", "unobserved"]),
  /** The state heard (`state`), inferred (`missed`), or heard last before (`away`, `outage`). */
  state: z.nullable(z.string()),
  from: time,
  to: time,
});

/** `/api/lanes`: the state lanes of all clusters, each oldest first. */
export const lanesSchema = z.object({
  now: time,
  lanes: z.array(z.object({ id: z.string(), segments: z.array(laneSegmentSchema) })),
});

/** What a page of ours sends along with whatever it sends; a form of another site can't. */
export const ownHeader = "x-upgrade-watch";

/** `/healthz` and `/readyz`. */
export const healthSchema = z.object({ status: z.enum(["ok", "starting"]) });

/** Every answer that is no success. */
export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string() }),
});

export type Notice = z.output<typeof noticeSchema>;
export type NodeHealth = z.output<typeof nodeSchema>;
export type Summary = z.output<typeof summarySchema>;
export type Clusters = z.output<typeof clustersSchema>;
export type ClusterStatus = z.output<typeof clusterStatusSchema>;
export type Lanes = z.output<typeof lanesSchema>;
