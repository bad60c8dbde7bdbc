import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { secondMs } from "../../upgrade/duration.ts";
import type { Clock } from "../clock.ts";
import { type ClusterFacts, clusterFamilies } from "./clusterFamilies.ts";
import { register } from "./family.ts";
import { type ProgramFacts, programFamilies } from "./programFamilies.ts";

/** What `/metrics` tells. */
export type Metrics = {
  /** Everything in Prometheus' text form; prepared at most once a moment, however many ask. */
  readonly text: () => Promise<string>;
  /** Notes how long a poll took, however it came out. */
  readonly notePoll: (durationMs: number) => void;
};

/** Where the values come from; read at each scrape. */
export type MetricsSources = {
  readonly clusters: () => readonly Omit<ClusterFacts, "label">[];
  readonly program: () => ProgramFacts;
  readonly steadyMs: Clock["steadyMs"];
};

export const metricsContentType = Registry.PROMETHEUS_CONTENT_TYPE;

const prefix = "upgrade_watch_";
/** A text serves for so long: two Prometheus servers, or a viewer who reloads, cost no more than one. */
const lastsMs = 250;
/** From a node in the next rack to the longest timeout there may be. */
const pollBucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the library tells of a process, as far as somebody asks for it when a server is slow or grows. */
const processMetrics = new Set(
  [
    "process_cpu_seconds_total",
    "process_start_time_seconds",
    "process_resident_memory_bytes",
    "process_open_fds",
    "process_max_fds",
    "nodejs_heap_size_used_bytes",
    "nodejs_heap_size_total_bytes",
    "nodejs_external_memory_bytes",
    "nodejs_gc_duration_seconds",
  ].map((name) => `${prefix}${name}`),
);

/** Begins to measure. */
export function createMetrics({ clusters, program, steadyMs }: MetricsSources): Metrics {
  const registry = new Registry();
  const labels = new Map<string, ClusterFacts["label"]>();
  let clusterFacts: readonly ClusterFacts[] = [];
  let programFacts: ProgramFacts | undefined;

  const labelOf = (id: string): ClusterFacts["label"] => {
    const label = labels.get(id) ?? { cluster: id };
    labels.set(id, label);
    return label;
  };
  for (const family of programFamilies) {
    register(family, () => programFacts ?? program(), registry);
  }
  for (const family of clusterFamilies) {
    register(family, () => clusterFacts, registry);
  }
  const pollDuration = new Histogram({
    name: `${prefix}poll_duration_seconds`,
    help: "How long polls took, of all clusters together, however they came out.",
    buckets: pollBucketsSeconds,
    registers: [registry],
  });
  // The delay of the event loop is measured elsewhere; the library's own watch of it can't be left out, but be slow.
  collectDefaultMetrics({ register: registry, prefix, eventLoopMonitoringPrecision: 1000 });
  for (const { name } of registry.getMetricsAsArray()) {
    if (name.startsWith(`${prefix}process_`) || name.startsWith(`${prefix}nodejs_`)) {
      if (!processMetrics.has(name)) {
        registry.removeSingleMetric(name);
      }
    }
  }

  let prepared: { readonly text: Promise<string>; readonly at: number } | undefined;
  return {
    notePoll: (durationMs) => pollDuration.observe(durationMs / secondMs),
    text: () => {
      const now = steadyMs();
      if (prepared === undefined || now - prepared.at > lastsMs) {
        clusterFacts = clusters().map((facts) => ({ ...facts, label: labelOf(facts.summary.id) }));
        programFacts = program();
        prepared = { text: registry.metrics(), at: now };
      }
      return prepared.text;
    },
  };
}
