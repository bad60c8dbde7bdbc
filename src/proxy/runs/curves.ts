import type { CurveRun, Curves } from "../../contract/curves.ts";
import type { RunDetail } from "../../contract/runs.ts";
import { curveOf } from "../../upgrade/comparison/curve.ts";
import { kindBySettings, peersOf } from "../../upgrade/forecast/kind.ts";
import type { EarlierRun } from "../../upgrade/runs/earlierRun.ts";
import type { Span } from "../../upgrade/span.ts";
import type { RunAnswer, RunCatalogue } from "./catalogue.ts";

/** The curve of an upgrade with those of earlier ones, and what changes when one of them does. */
export type CurvesAnswer =
  | { readonly kind: "curves"; readonly curves: Curves; readonly revision: string }
  | Exclude<RunAnswer, { readonly kind: "run" }>;

/** Reads the curve of a run, and of so many earlier ones of its kind. */
export type ReadCurves = (cluster: string, run: string, earlier: number) => Promise<CurvesAnswer>;

type CurvesTools = {
  readonly run: RunCatalogue["run"];
  /** The upgrades that ended, of all clusters; the same array while none of them changes. */
  readonly earlier: () => readonly EarlierRun[];
};

/** So many curves of runs that ended stay in memory, about 5 kB each: they never change. */
const mostKept = 300;

/** Makes what reads curves. */
export function curveReader({ run: readRun, earlier: earlierRuns }: CurvesTools): ReadCurves {
  const kept = new Map<string, CurveRun>();

  const keep = (key: string, curve: CurveRun): void => {
    // What was asked for last is at the end.
    kept.delete(key);
    kept.set(key, curve);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) {
      kept.delete(oldest);
    }
  };

  const curveOfEarlier = async (run: EarlierRun): Promise<CurveRun | null> => {
    const key = keyOf(run);
    const known = kept.get(key);
    if (known !== undefined) {
      keep(key, known);
      return known;
    }
    const answer = await readRun(run.cluster, run.run);
    if (answer.kind !== "run") {
      return null;
    }
    const made = withCurve(answer.run, answer.spans);
    keep(key, made);
    return made;
  };

  return async (cluster, asked, count) => {
    const answer = await readRun(cluster, asked);
    if (answer.kind !== "run") {
      return answer;
    }
    const { run, spans } = answer;
    const peers = count === 0 ? null : peersBefore(run, earlierRuns());
    const earlier: CurveRun[] = [];
    for (const peer of peers?.answers.slice(0, count) ?? []) {
      // One after the other: a piece at a time is what keeps the disk free for writes.
      // oxlint-disable-next-line no-await-in-loop
      const read = await curveOfEarlier(peer);
      if (read !== null) {
        earlier.push(read);
      }
    }
    const curves: Curves = {
      now: run.now,
      run: withCurve(run, spans),
      basis: peers?.basis ?? null,
      earlier,
    };
    const parts = earlier.map(({ cluster: of, id, from, outcome }) => [of, id, from, outcome]);
    return { kind: "curves", curves, revision: [run.revision, peers?.basis, ...parts].join("\n") };
  };
}

/** The earlier upgrades that are most like one, by the steps of a forecast; of those whose preparation was heard. */
function peersBefore(run: RunDetail, earlier: readonly EarlierRun[]) {
  return peersOf(kindBySettings(run), earlier, (peer) =>
    peer.to <= run.from && peer.preparing.some((ms) => ms !== null) ? peer : null,
  );
}

/** By what it ended with too, for that may be proven only after it ended. */
function keyOf({ cluster, run, from, outcome }: EarlierRun): string {
  return `${cluster} ${run} ${from} ${outcome}`;
}

function withCurve(run: RunDetail, spans: readonly Span[]): CurveRun {
  const { cluster, name, id, from, to, fromVersion, targetVersion, prepare } = run;
  const { points, ...start } = curveOf(run, spans);
  return {
    cluster,
    name,
    id,
    from,
    to,
    fromVersion,
    targetVersion,
    outcome: run.outcome.kind,
    prepare,
    curve: { ...start, points: [...points] },
  };
}
