import { memo, type ReactNode } from "react";
import { Link } from "wouter";
import type { RunSummary } from "../../../contract/runs.ts";
import { measuredWords } from "../../../upgrade/duration.ts";
import { stateWord } from "../../../upgrade/status.ts";
import { outcomeFace } from "../../shell/runs/outcomeFace.ts";
import { RunLaneView } from "../../shell/runs/RunLaneView.tsx";
import { kindWords, runLength } from "../../../upgrade/words/run.ts";
import { versionsWords } from "../../../upgrade/words/run.ts";
import { moment, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Moment } from "../Moment.tsx";
import { runHref } from "../../shell/runs/runHref.ts";
import { remarksOf } from "./remarks.ts";

type RunRowProperties = {
  readonly run: RunSummary;
  /** The server's moment of the answer. */
  readonly now: number;
  readonly zone: string;
  /** Whether its cluster is told: on a page of one cluster it is not. */
  readonly hasName: boolean;
};

/** One upgrade in a list. */
export const RunRow = memo(function RunRow(properties: RunRowProperties): ReactNode {
  const { run, now, zone, hasName } = properties;
  const { word, shape, tone } = outcomeFace(run);
  const { ms, sign } = runLength(run, run.inFlight ? now : (run.to ?? run.lastHeard));
  const kind = kindWords(run.settings);
  const versions = versionsWords(run);
  return (
    <li className="relative grid gap-x-6 gap-y-1.5 border-t border-line px-4 py-3 first:border-t-0 hover:bg-raised/50 lg:grid-cols-[7.5rem_minmax(0,1fr)_minmax(0,1.35fr)_minmax(0,11rem)]">
      <div className="flex gap-x-3 text-[13px] lg:block">
        <Moment at={run.from} now={now} zone={zone} bound={run.fromExact ? null : "by"}>
          {run.inFlight ? moment(run.from, now, zone) : timeOfDay(run.from, zone)}
        </Moment>
        <span className="text-muted tabular-nums lg:block">
          {run.inFlight ? `for ${sign}${measuredWords(ms)}` : `took ${sign}${measuredWords(ms)}`}
        </span>
      </div>
      <div className="min-w-0">
        <Link
          href={runHref(run)}
          className="font-semibold after:absolute after:inset-0 hover:underline"
        >
          {hasName ? <bdi>{run.name}</bdi> : versions}
        </Link>
        {hasName ? <div className="text-[13px]">{versions}</div> : null}
        <div className="text-xs text-muted">{kind === "" ? "settings not heard" : kind}</div>
      </div>
      <div className="min-w-0">
        <RunLaneView run={run} />
        <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-muted">
          {remarksOf(run).map((remark) => (
            <li
              key={remark.words}
              className={
                remark.tone === null
                  ? ""
                  : `tone-${remark.tone} flex items-center gap-1 font-medium text-tone`
              }
            >
              {remark.shape === null ? null : <Icon shape={remark.shape} className="size-3" />}
              {remark.words}
            </li>
          ))}
        </ul>
      </div>
      <div className={`tone-${tone} min-w-0`}>
        <span className="flex items-center gap-1.5 text-[13px] font-semibold text-tone">
          <Icon shape={shape} className="size-4" />
          {word}
        </span>
        <span className="block text-xs text-muted">
          {run.inFlight ? presentWords(run) : run.outcome.words}
        </span>
      </div>
    </li>
  );
});

/** What it does now: the state that was heard last. */
function presentWords({ states }: RunSummary): string {
  const last = states.findLast(({ inferred }) => !inferred);
  return last === undefined ? "Nothing heard yet" : `${stateWord(last.state)} when last heard`;
}
