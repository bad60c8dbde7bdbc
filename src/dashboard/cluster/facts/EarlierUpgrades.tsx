import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { measuredWords } from "../../../upgrade/duration.ts";
import { earlierRunsQuery } from "../../api/runs/queries.ts";
import { outcomeFace } from "../../shell/runs/outcomeFace.ts";
import { runHref, runsHref } from "../../shell/runs/runHref.ts";
import { RunLaneView } from "../../shell/runs/RunLaneView.tsx";
import { runLength } from "../../../upgrade/words/run.ts";
import { versionsWords } from "../../../upgrade/words/run.ts";
import { moment } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Panel } from "../../ui/Panel.tsx";

type EarlierUpgradesProperties = {
  readonly cluster: string;
  /** When the newest upgrade began; a change is worth asking again. */
  readonly edition: string;
  readonly zone: string;
};

/** The last upgrades of this cluster that ended, and the way to all of them. */
export function EarlierUpgrades({ cluster, edition, zone }: EarlierUpgradesProperties): ReactNode {
  const { data, error } = useQuery(earlierRunsQuery(cluster, edition));
  const runs = data?.answer.runs ?? [];
  const now = data?.answer.now ?? 0;
  return (
    <Panel
      title="Earlier upgrades"
      aside={
        <Link href={runsHref(cluster)} className="text-xs text-muted underline underline-offset-4">
          All upgrades
        </Link>
      }
    >
      {runs.length === 0 ? (
        <p className="text-sm text-muted">
          {error === null
            ? data === undefined
              ? "Asking for them …"
              : data.answer.complete
                ? "None has ended yet."
                : "They are still being read from the history."
            : `They can't be shown: ${error.message} They are asked for again.`}
        </p>
      ) : (
        <ul className="-my-2">
          {runs.map((run) => {
            const { word, shape, tone } = outcomeFace(run);
            const { ms, sign } = runLength(run, now);
            return (
              <li
                key={run.id}
                className="relative grid gap-x-5 border-t border-line py-2 text-[13px] first:border-t-0 hover:bg-raised/50 sm:grid-cols-[11rem_minmax(0,1fr)_auto] sm:items-center"
              >
                <span className="min-w-0">
                  <Link
                    href={runHref(run)}
                    className="font-semibold after:absolute after:inset-0 hover:underline"
                  >
                    {versionsWords(run)}
                  </Link>
                  <span className="block font-mono text-xs text-muted">
                    {moment(run.from, now, zone)}
                  </span>
                </span>
                <RunLaneView run={run} />
                <span className={`tone-${tone} sm:w-32`}>
                  <span className="flex items-center gap-1.5 font-semibold text-tone">
                    <Icon shape={shape} className="size-3.5" />
                    {word}
                  </span>
                  <span className="block text-xs text-muted">
                    took {sign}
                    {measuredWords(ms)}
                  </span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
