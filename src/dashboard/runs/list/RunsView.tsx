import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { runsEndedQuery, runsInFlightQuery, type RunsQuestion } from "../../api/runs/queries.ts";
import type { RunSummary } from "../../../contract/runs.ts";
import { useZone } from "../../shell/zone.ts";
import { daysOf } from "./days.ts";
import { isNarrowed, momentsOf, runsParameters, withRunsParameters } from "./parameters.ts";
import type { RunsParameters } from "./parameters.ts";
import { RunRow } from "./RunRow.tsx";
import { RunsFooter } from "./RunsFooter.tsx";
import { RunsTools } from "./RunsTools.tsx";

type RunsViewProperties = {
  /** Null for the whole fleet. */
  readonly cluster: string | null;
  readonly title: string;
  readonly siteZone: string;
};

/** Upgrades, those in flight first, then the newest of those that ended; a hundred more for whoever asks. */
export function RunsView({ cluster, title, siteZone }: RunsViewProperties): ReactNode {
  const zone = useZone(siteZone);
  const [address, setAddress] = useSearchParams();
  const parameters = useMemo(() => runsParameters(address), [address]);
  const question = useMemo(
    (): RunsQuestion => ({
      cluster,
      search: parameters.search,
      outcome: parameters.outcome,
      ...momentsOf(parameters, zone),
    }),
    [cluster, parameters, zone],
  );
  const asked = JSON.stringify(question);
  const [shown, setShown] = useState({ asked, pages: 1 });
  const pages = shown.asked === asked ? shown.pages : 1;
  const inFlight = useQuery(runsInFlightQuery(question));
  const present = question.outcome === null || question.outcome === "in-flight";
  const going = present ? (inFlight.data?.answer.runs ?? none) : none;
  const edition = going.map(({ id }) => id).join(" ");
  const ended = useQuery(runsEndedQuery(question, pages, edition));
  const past = question.outcome === "in-flight" ? undefined : ended.data?.answer;
  const change = useCallback(
    (next: Partial<RunsParameters>): void => {
      setAddress((before) => withRunsParameters(before, { ...runsParameters(before), ...next }), {
        replace: true,
      });
    },
    [setAddress],
  );
  const days = useMemo(() => daysOf(past?.runs ?? none, zone), [past, zone]);
  const now = past?.now ?? inFlight.data?.answer.now ?? 0;
  const isAsking = past === undefined && inFlight.data === undefined;
  const isEmpty = going.length === 0 && days.length === 0;
  const hasName = cluster === null;
  return (
    <div className="grid gap-4">
      <h1 className="text-2xl font-bold tracking-tight">{title}</h1>
      <RunsTools parameters={parameters} onChange={change} />
      {going.length === 0 ? null : (
        <RunSection
          name="In flight"
          runs={going}
          now={inFlight.data?.answer.now ?? now}
          {...{ zone, hasName }}
        />
      )}
      {days.map(({ name, runs }) => (
        <RunSection key={name} name={name} runs={runs} {...{ now, zone, hasName }} />
      ))}
      {isEmpty && !isAsking ? (
        <p className="rounded-xl border border-line bg-panel p-6 text-sm text-muted">
          {isNarrowed(parameters)
            ? "No upgrade fits the search and filters."
            : "No upgrade is on record yet. The next one will be, from its first poll on."}
        </p>
      ) : null}
      <RunsFooter
        answer={past ?? inFlight.data?.answer}
        count={going.length + (past?.runs.length ?? 0)}
        error={ended.error ?? inFlight.error}
        isAsking={ended.isPlaceholderData || (ended.isFetching && pages > 1)}
        onMore={() => setShown({ asked, pages: pages + 1 })}
      />
    </div>
  );
}

const none: readonly RunSummary[] = [];

type RunSectionProperties = {
  readonly name: string;
  readonly runs: readonly RunSummary[];
  readonly now: number;
  readonly zone: string;
  readonly hasName: boolean;
};

/** One day's upgrades. What is not in sight is not laid out, so that a thousand of them scroll like ten. */
function RunSection({ name, runs, now, zone, hasName }: RunSectionProperties): ReactNode {
  return (
    <section
      aria-label={name}
      className="[contain-intrinsic-size:auto_10rem] [content-visibility:auto]"
    >
      <h2 className="mb-1.5 text-sm font-semibold">
        {name}
        {runs.length > 1 ? (
          <span className="ml-2 font-normal text-muted">{runs.length} upgrades</span>
        ) : null}
      </h2>
      <ol aria-label={`Upgrades, ${name}`} className="rounded-xl border border-line bg-panel">
        {runs.map((run) => (
          <RunRow key={`${run.cluster} ${run.id}`} run={run} {...{ now, zone, hasName }} />
        ))}
      </ol>
    </section>
  );
}
