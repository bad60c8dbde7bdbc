import { minuteMs } from "../duration.ts";
import type { RebootProgress } from "../reboot.ts";
import type { Span } from "../span.ts";
import { type EpochMs, type State, stateOrder } from "../status.ts";
import { partsOf, sumOf, type Upgrade } from "./upgrades.ts";

/** What a watcher has heard of a generated upgrade: its spans, and how far its reboot is. */
export type Heard = { readonly spans: readonly Span[]; readonly reboot: RebootProgress | null };

/** What has been heard at a moment so long after its start, and the idle minute before it. */
export function heardOf(upgrade: Upgrade, start: EpochMs, afterMs: number): Heard {
  const { settings, percentAt, nodesMs } = upgrade;
  const parts = partsOf(upgrade);
  const spans: Span[] = [];
  const base = { polls: 1, node: null };
  const hear = (name: State, fromMs: number, endMs: number, progress: number | null): void => {
    if (fromMs <= afterMs && endMs > fromMs) {
      const status = { state: name, progress, settings, error_info: null };
      const to = start + Math.min(endMs - 1, afterMs);
      spans.push({ ...base, kind: "status", from: start + fromMs, to, status, version: "7.1.4" });
    }
  };
  hear(stateOrder[0], -minuteMs, 0, null);
  for (const [percent, at] of percentAt.entries()) {
    hear(stateOrder[1], at, percentAt[percent + 1] ?? parts.committing, percent);
  }
  hear(stateOrder[3], parts.committing, parts.committed, null);
  hear(stateOrder[4], parts.committed, parts.away, null);
  if (parts.away <= afterMs) {
    const failure = { kind: "refused", message: "refused" } as const;
    const to = start + Math.min(parts.back - 1, afterMs);
    spans.push({ ...base, kind: "unreachable", from: start + parts.away, to, failure });
  }
  if (nodesMs.length === 0 || parts.back > afterMs) {
    return { spans, reboot: null };
  }
  hear(stateOrder[5], parts.back, parts.end, null);
  const ends = nodesMs
    .map((_, index) => parts.back + sumOf(nodesMs.slice(0, index + 1)))
    .filter((at) => at <= afterMs);
  const reboot = {
    total: nodesMs.length,
    rebooted: ends.length,
    state: "REBOOT_IN_PROGRESS",
    error: null,
    since: start + (ends.at(-1) ?? parts.back),
    sinceExact: true,
    steps: ends.map((_, index) => ({ nodes: 1, ms: nodesMs[index] ?? null })),
  };
  return { spans, reboot };
}
