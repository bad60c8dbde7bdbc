import type { ReactNode } from "react";
import { Link } from "wouter";
import type { RunDetail } from "../../../contract/runs.ts";
import { kindWords, versionsWords } from "../../../upgrade/words/run.ts";
import { outcomeFace } from "../../shell/runs/outcomeFace.ts";
import { runHref } from "../../shell/runs/runHref.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Moment } from "../Moment.tsx";
import { LetterMark } from "./LetterMark.tsx";

type RunCardProperties = {
  readonly letter: string;
  readonly run: RunDetail;
  readonly zone: string;
};

/** Which upgrade one of the letters stands for. */
export function RunCard({ letter, run, zone }: RunCardProperties): ReactNode {
  const { word, shape, tone } = outcomeFace(run);
  return (
    <section
      aria-label={`${letter}: ${versionsWords(run)}`}
      className="min-w-0 rounded-xl border border-line bg-panel px-4 py-3"
    >
      <p className="flex items-center gap-2 text-sm text-muted">
        <LetterMark letter={letter} />
        <bdi className="min-w-0 truncate font-semibold text-text">{run.name}</bdi>
      </p>
      <p className="mt-1 text-lg font-semibold">
        <Link href={runHref(run)} className="underline underline-offset-4">
          {versionsWords(run)}
        </Link>
      </p>
      <p className="text-xs text-muted">{kindWords(run.settings) || "settings not heard"}</p>
      <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px]">
        <span className={`tone-${tone} flex items-center gap-1.5 font-semibold text-tone`}>
          <Icon shape={shape} className="size-4" />
          {word}
        </span>
        <span>
          began{" "}
          <Moment
            isInline
            at={run.from}
            now={run.now}
            zone={zone}
            bound={run.fromExact ? null : "by"}
          />
        </span>
      </p>
    </section>
  );
}
