/** What is told of each cluster. Labels hold its id and words from closed lists, never what a cluster says. */
import type { Summary } from "../../contract/api.ts";
import { secondMs } from "../../upgrade/duration.ts";
import { failureKinds } from "../../upgrade/observation.ts";
import { isState, stateOrder, states } from "../../upgrade/status.ts";
import { attentions, verdicts } from "../../upgrade/verdictNames.ts";
import type { PollTally } from "../pollTally.ts";
import { type Family, flag, type Sample } from "./family.ts";

/** One cluster as the metrics see it. */
export type ClusterFacts = {
  readonly summary: Summary;
  readonly polls: PollTally;
  /** Its id, as a label. */
  readonly label: { readonly cluster: string };
};

/** A cluster said something that is no state, or nothing yet. */
const stateWords = [...stateOrder.map((state) => states[state].word.toLowerCase()), "unknown"];
const unheard = "none";

/** One value a cluster; null where there is none to tell. */
function each(
  value: (facts: ClusterFacts) => number | null,
): Family<readonly ClusterFacts[]>["read"] {
  return (clusters) =>
    clusters.flatMap((facts) => {
      const found = value(facts);
      return found === null ? [] : [{ labels: {}, sharedLabels: facts.label, value: found }];
    });
}

/** A state set: one value for each word, of which one is 1. */
function oneOf(
  label: string,
  words: readonly string[],
  current: (summary: Summary) => string,
): Family<readonly ClusterFacts[]>["read"] {
  const labels = words.map((word) => ({ word, labels: { [label]: word } }));
  return (clusters) =>
    clusters.flatMap(({ summary, label: sharedLabels }) => {
      const holds = current(summary);
      return labels.map((choice): Sample => ({
        labels: choice.labels,
        sharedLabels,
        value: flag(choice.word === holds),
      }));
    });
}

function stateWordOf({ state }: Summary): string {
  if (state === null) {
    return unheard;
  }
  return isState(state) ? states[state].word.toLowerCase() : "unknown";
}

/** The families of all clusters together. */
export const clusterFamilies: readonly Family<readonly ClusterFacts[]>[] = [
  {
    name: "upgrade_watch_cluster_up",
    help: "Whether the cluster answers: 0 while it is away, lost, denied or was not heard yet.",
    type: "gauge",
    read: each(({ summary }) => flag(summary.link === "answering")),
  },
  {
    name: "upgrade_watch_cluster_state",
    help: "The state that was heard last: 1 for one of its values. unknown: a word nobody knows; none: nothing was heard.",
    type: "gauge",
    read: oneOf("state", [...stateWords, unheard], stateWordOf),
  },
  {
    name: "upgrade_watch_cluster_progress_ratio",
    help: "The progress of preparing, from 0 to 1; absent in every other state.",
    type: "gauge",
    read: each(({ summary }) => (summary.progress === null ? null : summary.progress / 100)),
  },
  {
    name: "upgrade_watch_cluster_age_seconds",
    help: "The time since the last valid answer; absent until there was one.",
    type: "gauge",
    read: each(({ summary }) => (summary.ageMs === null ? null : summary.ageMs / secondMs)),
  },
  {
    name: "upgrade_watch_cluster_stale_after_seconds",
    help: "The age beyond which what was heard is stale; it depends on how often the cluster is asked.",
    type: "gauge",
    read: each(({ summary }) => summary.staleAfterMs / secondMs),
  },
  {
    name: "upgrade_watch_cluster_latency_seconds",
    help: "How long the last valid answer took; absent until there was one.",
    type: "gauge",
    read: each(({ summary }) => (summary.latencyMs === null ? null : summary.latencyMs / secondMs)),
  },
  {
    name: "upgrade_watch_cluster_verdict",
    help: "The verdict that every page shows: 1 for one of its values.",
    type: "gauge",
    read: oneOf("verdict", verdicts, ({ verdict }) => verdict),
  },
  {
    name: "upgrade_watch_cluster_attention",
    help: "What the verdict asks of people: 1 for one of its values.",
    type: "gauge",
    read: oneOf("attention", attentions, ({ attention }) => attention),
  },
  {
    name: "upgrade_watch_cluster_addresses",
    help: "The configured addresses of the cluster.",
    type: "gauge",
    read: each(({ summary }) => summary.nodes.length),
  },
  {
    name: "upgrade_watch_cluster_addresses_answering",
    help: "The configured addresses of the cluster that answered when they were asked last.",
    type: "gauge",
    read: each(({ summary }) => summary.nodes.filter(({ answered }) => answered).length),
  },
  {
    name: "upgrade_watch_cluster_reboot_nodes",
    help: "The nodes that take part in the reboot under way; absent without one.",
    type: "gauge",
    read: each(({ summary }) => summary.reboot?.total ?? null),
  },
  {
    name: "upgrade_watch_cluster_rebooted_nodes",
    help: "The nodes that are back from the reboot under way; absent without one.",
    type: "gauge",
    read: each(({ summary }) => summary.reboot?.rebooted ?? null),
  },
  {
    name: "upgrade_watch_cluster_tls_insecure",
    help: "Whether the certificate of the cluster is not checked at all (insecure: true).",
    type: "gauge",
    read: each(({ summary }) => flag(summary.notices.some(({ code }) => code === "insecure-tls"))),
  },
  {
    name: "upgrade_watch_cluster_notice",
    help: "A notice on the page of the cluster, by its code; absent when it does not hold.",
    type: "gauge",
    read: (clusters) =>
      clusters.flatMap(({ summary, label }) =>
        summary.notices.map(({ code }) => ({ labels: { code }, sharedLabels: label, value: 1 })),
      ),
  },
  {
    name: "upgrade_watch_polls_total",
    help: "The polls of the cluster since the start, by what came of them.",
    type: "counter",
    read: (clusters) => clusters.flatMap(pollSamples),
  },
  {
    name: "upgrade_watch_skipped_ticks_total",
    help: "The polls of the cluster that were left out because the one before took longer than the interval.",
    type: "counter",
    read: each(({ polls }) => polls.skipped),
  },
  {
    name: "upgrade_watch_spoiled_polls_total",
    help: "The polls that failed while the program itself was blocked, and so say nothing of the cluster.",
    type: "counter",
    read: each(({ polls }) => polls.spoiled),
  },
];

const okLabels = { outcome: "ok" };
const failureLabels = failureKinds.map((kind) => ({ kind, labels: { outcome: kind } }));

/** Ways of failing that never happened are left out: at a thousand clusters they would be eight thousand zeros. */
function pollSamples({ polls, label }: ClusterFacts): readonly Sample[] {
  const failed = failureLabels.flatMap(({ kind, labels }) =>
    polls.failed[kind] === 0 ? [] : [{ labels, sharedLabels: label, value: polls.failed[kind] }],
  );
  return [{ labels: okLabels, sharedLabels: label, value: polls.answered }, ...failed];
}
