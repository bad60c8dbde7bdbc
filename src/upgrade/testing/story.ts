/** Histories for the specs: written by hand poll by poll, or generated. */
import fc from "fast-check";
import type { Failure, Observation } from "../observation.ts";
import type { RebootProgress } from "../reboot.ts";
import { applyChange, observe, type Span } from "../span.ts";
import { stateOrder, type UpgradeSettings, type UpgradeStatus } from "../status.ts";

/** A moment to count from: 2026-11-23T12:00:00Z. */
export const start = Date.UTC(2026, 10, 23, 12);

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

export const softwareSettings: UpgradeSettings = {
  install_path: "/upgrade/qumulo_core_7.2.3.qimg",
  target_version: "7.2.3",
  upgrade_type: "SOFTWARE_ONLY",
  auto_commit: true,
  do_rolling_reboot: false,
  num_nodes_to_reboot: 1,
};

/** A rolling reboot with two of six nodes back since a moment, of whose course nothing was heard. */
export function twoOfSixNodes(since: number): RebootProgress {
  return {
    total: 6,
    rebooted: 2,
    state: "REBOOT_IN_PROGRESS",
    error: null,
    since,
    sinceExact: true,
    steps: [],
  };
}

export const rollingSettings: UpgradeSettings = {
  ...softwareSettings,
  upgrade_type: "SOFTWARE_AND_PLATFORM",
  do_rolling_reboot: true,
};

type Short = "idle" | "preparing" | "prepared" | "committing" | "committed" | "rebooting";

const names = {
  idle: stateOrder[0],
  preparing: stateOrder[1],
  prepared: stateOrder[2],
  committing: stateOrder[3],
  committed: stateOrder[4],
  rebooting: stateOrder[5],
} as const satisfies Record<Short, string>;

/** Writes a history as a watcher would: one poll a second, unless it is told to skip time. */
export class Story {
  spans: readonly Span[] = [];
  now = start;
  version: string | null = "7.1.4";
  settings: UpgradeSettings | null = softwareSettings;
  error: string | null = null;
  private restarted = false;

  /** The cluster answers with this state for so long, a poll a second; the percent moves evenly. */
  heard(state: Short, durationMs = second, progress?: readonly [number, number]): this {
    return this.heardRaw(names[state], durationMs, progress);
  }

  heardRaw(state: string, durationMs = second, progress?: readonly [number, number]): this {
    const polls = Math.max(1, Math.round(durationMs / second));
    for (let poll = 0; poll < polls; poll += 1) {
      const share = polls === 1 ? 1 : poll / (polls - 1);
      const status: UpgradeStatus = {
        state,
        progress: progress === undefined ? null : progress[0] + (progress[1] - progress[0]) * share,
        settings: state === names.idle ? null : this.settings,
        error_info: this.error,
      };
      const { now: at, version } = this;
      this.observe({ kind: "status", startedAt: at, at, node: "https://a:8000", status, version });
    }
    return this;
  }

  /** Nobody answers for so long, a poll a second. */
  silent(durationMs: number, failure: Failure = { kind: "refused", message: "refused" }): this {
    for (let poll = 0; poll < Math.max(1, Math.round(durationMs / second)); poll += 1) {
      const { now: at } = this;
      this.observe({ kind: "unreachable", startedAt: at, at, node: null, failure });
    }
    return this;
  }

  /** The watcher is down for so long. */
  unwatched(durationMs: number): this {
    this.now += durationMs;
    this.restarted = true;
    return this;
  }

  private observe(observation: Observation): void {
    const change = observe(this.spans.at(-1), observation, second, {
      justStarted: this.restarted,
    });
    this.spans = applyChange(this.spans, change);
    this.restarted = false;
    this.now += second;
  }
}

const statuses: fc.Arbitrary<UpgradeStatus> = fc.record({
  state: fc.constantFrom<string>(...stateOrder, "UPGRADE_STATE_VERIFYING"),
  progress: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  settings: fc.option(
    fc.constantFrom(softwareSettings, rollingSettings, {
      ...softwareSettings,
      auto_commit: false,
      target_version: "7.2.4",
    }),
  ),
  error_info: fc.option(fc.constantFrom("", "  ", "disk failure", "no space")),
});

const failures: fc.Arbitrary<Failure> = fc.record({
  kind: fc.constantFrom("refused", "timeout", "reset", "tls", "auth", "invalid"),
  message: fc.constantFrom("one", "two"),
});

/** Polls in the order of time, of any outcome, with waits that are now and then longer than three intervals. */
export const polls: fc.Arbitrary<readonly Observation[]> = fc
  .array(
    fc.record({
      waitMs: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 20_000 })),
      tookMs: fc.integer({ min: 0, max: 900 }),
      status: statuses,
      version: fc.constantFrom(null, "7.1.4", "7.2.3"),
      failure: fc.option(failures),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let now = start;
    return steps.map(({ waitMs, tookMs, status, version, failure }): Observation => {
      const startedAt = now + waitMs;
      now = startedAt + tookMs;
      const base = { startedAt, at: now, node: null };
      return failure === null
        ? { ...base, kind: "status", status, version }
        : { ...base, kind: "unreachable", failure };
    });
  });

/** Folds polls as a watcher with an interval of one second does. */
export function fold(
  spans: readonly Span[],
  observations: readonly Observation[],
): readonly Span[] {
  return observations.reduce(
    (folded, observation) => applyChange(folded, observe(folded.at(-1), observation, second)),
    spans,
  );
}
