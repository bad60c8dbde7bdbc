/** A year of the spans that watching leaves: an upgrade a month for each cluster, and a failed poll now and then. */
import type { SpanRecord } from "../src/proxy/history/disk/row.ts";
import { dayMs, hourMs, minuteMs, secondMs } from "../src/upgrade/duration.ts";
import type { Span, StatusSpan } from "../src/upgrade/span.ts";
import type { EpochMs } from "../src/upgrade/status.ts";
import { heardOf } from "../src/upgrade/testing/heardUpgrade.ts";
import { chanceOf, partsOf, shapes, upgradesOf } from "../src/upgrade/testing/upgrades.ts";

export const yearFrom = Date.UTC(2025, 10, 24);
export const months = 12;
const monthMs = 30 * dayMs;
const hiccupEveryMs = 2 * dayMs;
const node = "https://10.20.0.11:8000";
const failure = {
  kind: "timeout",
  message: "no answer from 10.20.0.11:8000 within 5 s",
} as const;

/** What one cluster is watched to do in a year, month by month. */
export type ClusterYear = {
  readonly cluster: string;
  readonly upgradeAt: readonly EpochMs[];
  /** The records of a month; months are asked for in turn. */
  readonly month: (month: number) => readonly SpanRecord[];
};

/** A cluster with habits of its own, the same again for the same place. */
export function clusterYear(place: number): ClusterYear {
  const chance = chanceOf(place + 1);
  const cluster = `site-${Math.floor(place / 10)}-cluster-${place % 10}`;
  const upgrades = upgradesOf(shapes[place % shapes.length] ?? "linear", months, chance);
  const upgradeAt = upgrades.map(
    (_, month) => yearFrom + month * monthMs + hourMs + chance() * (monthMs - 3 * dayMs),
  );
  let sequence = 0;
  const month = (index: number): readonly SpanRecord[] => {
    const begin = yearFrom + index * monthMs;
    const start = Math.round(upgradeAt[index] ?? begin);
    const upgrade = upgrades[index];
    const spans: Span[] = [];
    const idle = (from: EpochMs, to: EpochMs): void => {
      for (let at = from; at < to;) {
        const until = Math.min(to, Math.round(at - hiccupEveryMs * Math.log(1 - chance())));
        spans.push(idleSpan(at, until, `7.2.${until < start ? index : index + 1}`));
        const back = until + 10 * secondMs;
        if (back < to) {
          const base = { polls: 2, node: null } as const;
          spans.push({ ...base, kind: "unreachable", from: until, to: back, failure });
        }
        at = back;
      }
    };
    idle(begin, start - 2 * minuteMs);
    if (upgrade !== undefined) {
      const { end } = partsOf(upgrade);
      spans.push(...heardOf(upgrade, start, end).spans.map((span) => asHeard(span, index)));
      idle(start + end + secondMs, begin + monthMs - secondMs);
    }
    return spans.map((span) => {
      sequence += 1;
      return { cluster, sequence, span };
    });
  };
  return { cluster, upgradeAt, month };
}

/** With whole moments, an address and the cluster's own settings, as a real one has. */
function asHeard(span: Span, month: number): Span {
  const [from, to] = [Math.round(span.from), Math.round(span.to)];
  const polls = Math.max(1, Math.round((to - from) / secondMs));
  if (span.kind !== "status") {
    return { ...span, from, to, polls };
  }
  const { settings } = span.status;
  const target = `7.2.${month + 1}`;
  const own = settings && {
    ...settings,
    target_version: target,
    install_path: `/upgrade/qumulo_core_${target}.qimg`,
  };
  const status = { ...span.status, settings: own };
  return { ...span, from, to, polls, node, version: `7.2.${month}`, status };
}

function idleSpan(from: EpochMs, to: EpochMs, version: string): StatusSpan {
  const status = {
    state: "UPGRADE_STATE_IDLE",
    progress: null,
    settings: null,
    error_info: null,
  };
  const polls = Math.max(1, Math.round((to - from) / (5 * secondMs)));
  return { kind: "status", from, to, polls, node, version, status };
}
