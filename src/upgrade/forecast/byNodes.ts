/** How long the rest of a rolling reboot takes: so many nodes, each as long as nodes take. */
import { medianNodeMs, nodeTimesMs, type RebootProgress } from "../reboot.ts";
import type { EarlierRun } from "../runs/earlierRun.ts";
import { nodeMs } from "./course.ts";
import type { Forecast } from "./forecast.ts";
import { predictiveRange, type Prior } from "./interval.ts";
import { type Kind, peersOf } from "./kind.ts";
import { meanOf } from "./mean.ts";

const prior: Prior = { spread: 0.14, weight: 4 };
/** From so many nodes of this reboot on they tell something by themselves. */
const fewestNodes = 2;
/** For how many nodes of this reboot the earlier ones count. */
const earlierCountsFor = 2;

/** The end of a rolling reboot, counted from the last node that came back; null where nothing tells how long nodes take. */
export function restOfReboot(
  kind: Kind,
  earlier: readonly EarlierRun[],
  reboot: RebootProgress | null,
): Forecast | null {
  const left = reboot === null ? 0 : reboot.total - reboot.rebooted;
  if (reboot === null || left <= 0 || !reboot.sinceExact) {
    return null;
  }
  const own = nodeTimesMs(reboot.steps);
  const ownMs = medianNodeMs(reboot.steps);
  const peers = peersOf(kind, earlier, (run) =>
    // A cluster of its own had as many nodes, as far as anybody knows.
    nodeMs(run, run.cluster === kind.cluster ? reboot.total : null),
  );
  const ownShare = ownMs === null ? 0 : own.length / (own.length + earlierCountsFor);
  const each =
    peers?.answers.map((ms) => ms ** (1 - ownShare) * (ownMs ?? ms) ** ownShare) ??
    (own.length < fewestNodes ? [] : own.filter((ms) => ms > 0));
  if (each.length === 0) {
    return null;
  }
  // By its own pace alone: what one node takes longer another makes up for, so many together spread less.
  const together = peers === null ? (1 / left - 1) / 2 : 0;
  const { earliestMs, likelyMs: typicalMs, latestMs } = predictiveRange(each, prior, together);
  const likelyMs = peers === null ? meanOf(each) : typicalMs;
  const so = own.length === 0 ? "" : ` and ${own.length} of this reboot`;
  return {
    earliest: Math.round(reboot.since + left * earliestMs),
    likely: Math.round(reboot.since + left * likelyMs),
    latest: Math.round(reboot.since + left * latestMs),
    basis:
      peers === null
        ? `the pace of this reboot: ${own.length} nodes so far`
        : `the nodes of ${peers.basis}${so}`,
    runs: peers?.answers.length ?? 0,
  };
}
