import type { ClusterStatus } from "../../../contract/api.ts";
import { measuredWords } from "../../../upgrade/duration.ts";
import { nodeTimesMs } from "../../../upgrade/reboot.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { clockDuration } from "../../ui/format.ts";

/** How a node stands in a rolling reboot. */
export type Cell = "back" | "present" | "ahead";

/** One node, or several that came back together, and how long that took. */
export type RebootRow = {
  readonly key: string;
  readonly label: string;
  readonly isPresent: boolean;
  readonly value: (now: EpochMs) => string;
};

/** A rolling reboot as the page shows it. */
export type RollingReboot = {
  /** `2 of 6 nodes are back`. */
  readonly summary: string;
  /** One a node; none where there are too many to be drawn. */
  readonly cells: readonly Cell[];
  /** The newest first. */
  readonly rows: readonly RebootRow[];
  /** How many nodes came back before those. */
  readonly earlier: number;
  readonly median: string | null;
};

const mostCells = 24;
const mostRows = 6;

/** What there is to show of a rolling reboot; null while none goes on. */
export function rollingRebootOf({ reboot, status }: ClusterStatus): RollingReboot | null {
  if (reboot === null) {
    return null;
  }
  const { total, rebooted, steps, medianMs } = reboot;
  const batch = Math.max(1, status?.settings?.num_nodes_to_reboot ?? 1);
  const present = Math.min(batch, Math.max(0, total - rebooted));
  const over = rowsOf(reboot).toReversed();
  const open = present === 0 ? [] : [presentRow(reboot, present)];
  const times = nodeTimesMs(steps).length;
  return {
    summary: `${rebooted} of ${total} nodes are back`,
    cells: total > mostCells ? [] : cellsOf(total, rebooted, present),
    rows: [...open, ...over.slice(0, mostRows)],
    earlier: over.slice(mostRows).length,
    median:
      medianMs === null
        ? null
        : `${measuredWords(medianMs)} a node${times === 1 ? "" : `, median of ${times}`}`,
  };
}

type Reboot = NonNullable<ClusterStatus["reboot"]>;

function rowsOf({ steps }: Reboot): readonly RebootRow[] {
  let back = 0;
  return steps.map(({ nodes, ms }) => {
    const label = nodeLabel(back + 1, back + nodes);
    back += nodes;
    const text = ms === null ? "not heard" : clockDuration(ms);
    return { key: label, label, isPresent: false, value: () => text };
  });
}

function presentRow({ rebooted, since, sinceExact, state }: Reboot, present: number): RebootRow {
  const isPaused = state === "REBOOT_PAUSED" || state === "REBOOT_PAUSED_DUE_TO_ERROR";
  const sign = sinceExact ? "" : "≥ ";
  const label = nodeLabel(rebooted + 1, rebooted + present);
  return {
    key: "present",
    label: isPaused ? `${label} · paused` : label,
    isPresent: true,
    value: (now) => `${sign}${clockDuration(now - since)}`,
  };
}

function nodeLabel(first: number, last: number): string {
  return first === last ? `Node ${first}` : `Nodes ${first}–${last}`;
}

function cellsOf(total: number, rebooted: number, present: number): readonly Cell[] {
  return Array.from({ length: total }, (_, node): Cell => {
    if (node < rebooted) {
      return "back";
    }
    return node < rebooted + present ? "present" : "ahead";
  });
}
