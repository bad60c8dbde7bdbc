import { type ReactNode, useCallback } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { Run } from "../../../upgrade/runs/run.ts";
import { Icon } from "../../ui/Icon.tsx";
import { pastHeadline } from "../../shell/past.ts";
import { Ticking } from "../../ui/Ticking.tsx";
import { useClock } from "../../timeline/liveClock.ts";
import { type Figure, figuresOf } from "./figures.ts";
import { ownNameOf, remarkOf, subjectOf, titleOf } from "./headline.ts";

type HeadlineProperties = {
  readonly status: ClusterStatus;
  readonly run: Run | undefined;
  readonly live: boolean;
  readonly isLost: boolean;
  readonly zone: string;
};

/** The head of the page: versions and kind, the state in word and shape, and the large figures. */
export function Headline({ status, run, live, isLost, zone }: HeadlineProperties): ReactNode {
  const title = titleOf(status);
  const remark = remarkOf(status);
  const drained = live ? undefined : "false";
  // An alarm keeps its colour: it is what the drained picture is about.
  const isAlarm = status.attention === "act";
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-10 gap-y-5">
      <div className="min-w-0" data-live={isAlarm ? undefined : drained}>
        <Subject status={status} run={run} />
        <h1
          className={`tone-${title.tone} mt-1 flex items-center gap-3 text-3xl font-bold tracking-tight sm:text-4xl`}
        >
          <span className="text-tone">
            <Icon shape={title.shape} fraction={title.fraction} className="size-[0.95em]" />
          </span>
          <bdi className="min-w-0">{isLost ? pastHeadline(title.word) : title.word}</bdi>
        </h1>
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          {remark.verdict === null ? null : (
            <span
              className={`tone-${remark.verdict.tone} inline-flex items-center gap-1.5 rounded-full border border-edge bg-tint px-2.5 py-0.5 font-semibold text-tone`}
            >
              <Icon shape={remark.verdict.shape} className="size-3.5" />
              {remark.verdict.word}
            </span>
          )}
          <span>{remark.sentence}</span>
        </p>
      </div>
      <dl className="flex flex-wrap gap-x-9 gap-y-4" data-live={drained}>
        {figuresOf(status, live, zone).map((figure) => (
          <LargeFigure key={figure.key} figure={figure} />
        ))}
      </dl>
    </header>
  );
}

function Subject({ status, run }: Pick<HeadlineProperties, "status" | "run">): ReactNode {
  const { from, to, facts } = subjectOf(status, run);
  const ownName = ownNameOf(status);
  return (
    <p className="text-sm text-muted">
      Qumulo Core {from ?? "(version not known)"}
      {to === null ? null : (
        <>
          {" → "}
          <strong className="font-semibold text-text">{to}</strong>
        </>
      )}
      {facts.map((fact) => ` · ${fact}`)}
      {ownName === null ? null : (
        <>
          {" · calls itself "}
          <bdi>{ownName}</bdi>
        </>
      )}
    </p>
  );
}

function LargeFigure({ figure }: { readonly figure: Figure }): ReactNode {
  const clock = useClock();
  const { value, label, hint, tone } = figure;
  const valueNow = useCallback(() => value(clock.now()), [value, clock]);
  const labelNow = useCallback(() => label(clock.now()), [label, clock]);
  return (
    // The value is read before its label, as it is seen, hence the reversed column.
    <div
      className="flex min-w-0 flex-col-reverse justify-end sm:text-right"
      title={hint ?? undefined}
    >
      <dt className="mt-1 text-xs text-muted">
        <Ticking text={labelNow} />
        {hint === null ? null : <span className="sr-only">. {hint}</span>}
      </dt>
      <dd
        className={`text-3xl leading-none font-semibold tracking-tight tabular-nums sm:text-[2.1rem] ${tone === "plain" ? "" : `tone-${tone} text-tone`}`}
      >
        <Ticking text={valueNow} />
      </dd>
    </div>
  );
}
