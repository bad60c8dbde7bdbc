/** A history of 24 hours at a poll a second, as the program itself would have written it down. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { systemClock } from "../src/proxy/clock.ts";
import { openHistory } from "../src/proxy/history/history.ts";
import { type ClusterSituation, usualSettings } from "../src/simulator/situation.ts";
import { dayMs } from "../src/upgrade/duration.ts";
import type { Observation } from "../src/upgrade/observation.ts";
import { applyChange, observe, type Span } from "../src/upgrade/span.ts";

const pollMs = 1000;
const polls = dayMs / pollMs;
/** Of so many polls one is not answered. */
const refusedEvery = 900;
const lastPercent = 96;

/** What the cluster says when the day is over; the page goes on from there. */
export const dayEnd: Partial<ClusterSituation> = {
  state: "UPGRADE_STATE_PREPARING",
  progress: lastPercent,
  settings: usualSettings,
};

/**
 * Writes a day in which a preparation went from 0 to 96 %, with a hiccup each quarter of an hour.
 *
 * @returns the data folder, to be removed by whoever asked for it
 */
export async function writeDay(cluster: string, node: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-day-"));
  const history = await openHistory({
    folder,
    workerUrl: pathToFileURL("dist/server/history-worker.js"),
    clock: systemClock,
    onProblem: (message) => {
      throw new Error(message);
    },
    onRecovery: () => undefined,
  });
  await history.record(cluster, { kind: "append", spans: dayOf(node, Date.now() - dayMs) });
  await history.close();
  return folder;
}

function dayOf(node: string, from: number): readonly Span[] {
  let spans: readonly Span[] = [];
  for (let poll = 0; poll < polls; poll += 1) {
    const at = from + poll * pollMs;
    const observation: Observation = {
      startedAt: at,
      at,
      node,
      ...(poll % refusedEvery === refusedEvery - 1 ? refused : statusAt(poll / polls)),
    };
    spans = applyChange(spans, observe(spans.at(-1), observation, pollMs));
  }
  return spans;
}

const refused = {
  kind: "unreachable",
  failure: { kind: "refused", message: "The connection was refused." },
} as const;

function statusAt(share: number) {
  const progress = Math.floor(share * (lastPercent + 1));
  const settings = usualSettings;
  const status = { state: "UPGRADE_STATE_PREPARING", progress, settings, error_info: null };
  return { kind: "status", status, version: "7.2.3" } as const;
}
