import { secondMs } from "../../upgrade/duration.ts";
import type { ReloadStatus } from "../reload/reload.ts";
import { type Family, flag, one } from "./family.ts";

/** Upgrade Watch itself as the metrics see it. */
export type ProgramFacts = {
  readonly version: string;
  /** Identifies the built page. */
  readonly build: string;
  readonly simulated: boolean;
  readonly ready: boolean;
  /** The codes of the notices that stand on every page. */
  readonly notices: readonly string[];
  readonly historyIsKept: boolean;
  /** Spans that are not on disk yet. */
  readonly historyPending: number;
  readonly reload: ReloadStatus;
  /** Browsers and programs that asked for the API within the last minute. */
  readonly viewers: number;
  readonly logWriteErrors: number;
  readonly loop: {
    /** Since the start, in ms. */
    readonly blockedMs: number;
    /** Since the last scrape, in ns. */
    readonly maxNs: number;
    readonly p99Ns: number;
  };
};

const nanosecondsPerSecond = 1e9;

/** What is told of the program. */
export const programFamilies: readonly Family<ProgramFacts>[] = [
  {
    name: "upgrade_watch_build_info",
    help: "The running program, as labels; always 1.",
    type: "gauge",
    read: ({ version, build }) => [{ labels: { version, build }, value: 1 }],
  },
  {
    name: "upgrade_watch_simulated",
    help: "Whether all clusters are the built-in simulated ones.",
    type: "gauge",
    read: ({ simulated }) => one(flag(simulated)),
  },
  {
    name: "upgrade_watch_ready",
    help: "Whether every cluster was tried once since the start, as in /readyz.",
    type: "gauge",
    read: ({ ready }) => one(flag(ready)),
  },
  {
    name: "upgrade_watch_notice",
    help: "A notice that stands on every page, by its code; absent when it does not hold.",
    type: "gauge",
    read: ({ notices }) => notices.map((code) => ({ labels: { code }, value: 1 })),
  },
  {
    name: "upgrade_watch_history_healthy",
    help: "Whether what is heard is being saved; 0 while the history is degraded.",
    type: "gauge",
    read: ({ historyIsKept }) => one(flag(historyIsKept)),
  },
  {
    name: "upgrade_watch_history_pending_spans",
    help: "Spans that were heard and are not on disk yet.",
    type: "gauge",
    read: ({ historyPending }) => one(historyPending),
  },
  {
    name: "upgrade_watch_config_last_reload_successful",
    help: "Whether the configuration that was loaded last is in force; 0 while it has a fault.",
    type: "gauge",
    read: ({ reload }) => one(flag(reload.succeeded)),
  },
  {
    name: "upgrade_watch_config_last_reload_success_timestamp_seconds",
    help: "Since when the configuration in force holds, in seconds since 1970.",
    type: "gauge",
    read: ({ reload }) => one(reload.inForceSince / secondMs),
  },
  {
    name: "upgrade_watch_config_restart_needed",
    help: "Whether the configuration has values that hold after a restart only.",
    type: "gauge",
    read: ({ reload }) => one(flag(reload.needsRestart)),
  },
  {
    name: "upgrade_watch_viewers",
    help: "Browsers and programs that asked for the API within the last minute, told apart by address and kind.",
    type: "gauge",
    read: ({ viewers }) => one(viewers),
  },
  {
    name: "upgrade_watch_log_write_errors_total",
    help: "How often a line of the log could not be written, because the disk or the reader of the log refused it.",
    type: "counter",
    read: ({ logWriteErrors }) => one(logWriteErrors),
  },
  {
    name: "upgrade_watch_event_loop_blocked_seconds_total",
    help: "For how long the program could not do what was due: it was busy or stopped, or its machine slept.",
    type: "counter",
    read: ({ loop }) => one(loop.blockedMs / secondMs),
  },
  {
    name: "upgrade_watch_event_loop_delay_max_seconds",
    help: "The longest delay of the event loop since the last scrape.",
    type: "gauge",
    read: ({ loop }) => one(loop.maxNs / nanosecondsPerSecond),
  },
  {
    name: "upgrade_watch_event_loop_delay_p99_seconds",
    help: "The 99th percentile of the delays of the event loop since the last scrape.",
    type: "gauge",
    read: ({ loop }) => one(loop.p99Ns / nanosecondsPerSecond),
  },
];
