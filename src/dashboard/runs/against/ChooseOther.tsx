import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import type { RunDetail } from "../../../contract/runs.ts";
import { measuredWords } from "../../../upgrade/duration.ts";
import { outcomeWord } from "../../../upgrade/words/particulars.ts";
import { runLength, versionsWords } from "../../../upgrade/words/run.ts";
import { newestRunsQuery } from "../../api/runs/curves.ts";
import { againstHref } from "../../shell/runs/runHref.ts";
import { useZone } from "../../shell/zone.ts";
import { moment } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import { candidatesFor } from "./candidates.ts";

type ChooseOtherProperties = {
  readonly run: RunDetail;
  readonly siteZone: string;
  /** Whether the address asked for this one twice. */
  readonly isAgainstItself: boolean;
};

/** Which upgrade to lay beside this one: those most like it first. */
export function ChooseOther({ run, siteZone, isAgainstItself }: ChooseOtherProperties): ReactNode {
  const zone = useZone(siteZone);
  const own = useQuery(newestRunsQuery(run.cluster));
  const fleet = useQuery(newestRunsQuery(null));
  const groups = useMemo(
    () =>
      candidatesFor(run, [...(own.data?.answer.runs ?? []), ...(fleet.data?.answer.runs ?? [])]),
    [run, own.data, fleet.data],
  );
  const error = own.error ?? fleet.error;
  return (
    <div className="grid gap-4">
      <header>
        <h1 className="text-2xl font-semibold">Compare with which upgrade?</h1>
        {isAgainstItself && (
          <p className="mt-1 text-sm">
            The address names one upgrade twice. An upgrade is compared with another one.
          </p>
        )}
        <p className="mt-1 text-sm text-muted">
          <bdi>{run.name}</bdi> · {versionsWords(run)} is laid beside the one that you choose.
        </p>
      </header>
      {error === null ? null : (
        <p className="text-sm text-muted">
          Not all can be shown: {error.message} They are asked for again.
        </p>
      )}
      {groups.length === 0 ? (
        <p className="text-sm text-muted">
          {own.data === undefined || fleet.data === undefined
            ? "Asking for the upgrades …"
            : "No other upgrade is on record yet."}
        </p>
      ) : null}
      {groups.map(({ words, runs }) => (
        <Panel key={words} title={words}>
          <ul className="-my-1 text-[13px]">
            {runs.map((each) => {
              const { ms, sign } = runLength(each, run.now);
              return (
                <li
                  key={`${each.cluster} ${each.id}`}
                  className="relative flex flex-wrap gap-x-5 border-t border-line py-2 first:border-t-0 hover:bg-raised/50"
                >
                  <Link
                    href={againstHref(run, each)}
                    className="font-semibold after:absolute after:inset-0 hover:underline"
                  >
                    {versionsWords(each)}
                  </Link>
                  {each.cluster === run.cluster ? null : <bdi>{each.name}</bdi>}
                  <span className="font-mono text-muted">{moment(each.from, run.now, zone)}</span>
                  <span className="text-muted">
                    {each.inFlight ? "for" : "took"} {sign}
                    {measuredWords(ms)}
                  </span>
                  <span className="text-muted">{outcomeWord(each)}</span>
                </li>
              );
            })}
          </ul>
        </Panel>
      ))}
    </div>
  );
}
