import { type ReactNode, useCallback } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { RunDetail } from "../../../contract/runs.ts";
import { kindWords, runLength } from "../../../upgrade/words/run.ts";
import { versionsWords } from "../../../upgrade/words/run.ts";
import { useClock } from "../../timeline/liveClock.ts";
import { shortDuration } from "../../timeline/words/shortDuration.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Ticking } from "../../ui/Ticking.tsx";
import { Moment } from "../Moment.tsx";
import { titleOf } from "./headline.ts";

type RunHeadlineProperties = {
  readonly run: RunDetail;
  /** How its cluster is now: what goes on is told by it. */
  readonly status: ClusterStatus;
  readonly live: boolean;
  readonly zone: string;
};

/** What was upgraded, how that ended and what says so, and how long it took. */
export function RunHeadline({ run, status, live, zone }: RunHeadlineProperties): ReactNode {
  const clock = useClock();
  const { word, shape, tone } = titleOf(run);
  const { proof, outcome, from, to, fromExact, toWatched } = run;
  const now = clock.now();
  const length = useCallback(() => {
    const { ms, sign } = runLength(run, clock.heardAt() ?? run.lastHeard);
    return `${sign}${shortDuration(ms)}`;
  }, [run, clock]);
  const kind = kindWords(run.settings);
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-10 gap-y-5">
      <div className="min-w-0">
        <p className="text-sm text-muted">
          <bdi className="font-semibold text-text">{run.name}</bdi>
          {" · "}Qumulo Core {versionsWords(run)}
          {kind === "" ? "" : ` · ${kind}`}
        </p>
        <h1
          className={`tone-${tone} mt-1 flex items-center gap-3 text-3xl font-bold tracking-tight sm:text-4xl`}
        >
          <span className="text-tone">
            <Icon shape={shape} className="size-[0.95em]" />
          </span>
          <bdi className="min-w-0">{word}</bdi>
        </h1>
        <p className="mt-2 max-w-[70ch] text-sm text-muted">
          {outcome.words} {to === null && live ? `${status.headline}: ${status.detail}` : ""}
          {proof === null ? null : (
            <>
              Version {proof.version} was read at{" "}
              <Moment isInline at={proof.readAt} now={now} zone={zone} />.
            </>
          )}
        </p>
      </div>
      <dl className="flex flex-wrap gap-x-9 gap-y-4 print:w-full">
        <Figure label={to === null ? "so far" : "from start to end"}>
          <Ticking text={length} />
        </Figure>
        <Figure label="began" isSmall>
          <Moment at={from} now={now} zone={zone} bound={fromExact ? null : "by"} />
        </Figure>
        <Figure label={to === null ? "last heard" : "ended"} isSmall>
          <Moment
            at={to ?? run.lastHeard}
            now={now}
            zone={zone}
            bound={to === null || toWatched ? null : "by"}
          />
        </Figure>
      </dl>
    </header>
  );
}

type FigureProperties = {
  readonly label: string;
  readonly isSmall?: boolean;
  readonly children: ReactNode;
};

function Figure({ label, isSmall = false, children }: FigureProperties): ReactNode {
  return (
    // The value is read before its label, as it is seen, hence the reversed column.
    <div className="flex min-w-0 flex-col-reverse justify-end sm:text-right print:text-left">
      <dt className="mt-1 text-xs text-muted">{label}</dt>
      <dd
        className={`leading-none font-semibold tracking-tight tabular-nums ${isSmall ? "text-base sm:pb-0.5" : "text-3xl sm:text-[2.1rem]"}`}
      >
        {children}
      </dd>
    </div>
  );
}
