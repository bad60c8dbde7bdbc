import { useQuery } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { Link } from "wouter";
import { clusterStatusQuery } from "../api/clusterStatus.ts";
import { isNotFound } from "../api/queries.ts";
import { isUnknownRun, runQuery } from "../api/runs/queries.ts";
import { Page } from "../shell/Page.tsx";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { versionsWords } from "../../upgrade/words/run.ts";
import { Instead } from "./Instead.tsx";
import { NoCluster } from "./NoCluster.tsx";
import { runsHref } from "../shell/runs/runHref.ts";

const RunView = lazyPart("run-view", async () => {
  const { RunView } = await import("./run/RunView.tsx");
  return { default: RunView };
});

type RunPageProperties = { readonly id: string; readonly run: string };

/** `/clusters/:id/runs/:run`: everything about one upgrade. */
export function RunPage({ id, run: runId }: RunPageProperties): ReactNode {
  const status = useQuery(clusterStatusQuery(id));
  const run = useQuery(runQuery(id, runId));
  const name = status.data?.answer.name ?? id;
  const isUnknown = isNotFound(status.error);
  const told = run.data === undefined ? runId : versionsWords(run.data.answer);
  return (
    <Page
      title={`${told} · ${name}`}
      trail={[
        { label: "Fleet", href: "/" },
        { label: name, href: `/clusters/${encodeURIComponent(id)}` },
        { label: "Upgrades", href: runsHref(id) },
        { label: run.data?.answer.targetVersion ?? "An upgrade" },
      ]}
      received={status.data}
      error={isUnknown ? null : status.error}
      siteZone={status.data?.answer.zone ?? "UTC"}
      wallHref={`/wall/${encodeURIComponent(id)}`}
    >
      {isUnknown ? (
        <NoCluster id={id} />
      ) : status.data === undefined || run.data === undefined ? (
        <NotYet id={id} error={run.error ?? status.error} />
      ) : (
        <Suspense fallback={<p className="text-sm text-muted">Drawing the upgrade …</p>}>
          <RunView received={status.data} run={run.data.answer} />
        </Suspense>
      )}
    </Page>
  );
}

type NotYetProperties = { readonly id: string; readonly error: Error | null };

function NotYet({ id, error }: NotYetProperties): ReactNode {
  const isUnknown = isUnknownRun(error);
  return (
    <Instead
      title={isUnknown ? "No such upgrade is on record" : "An upgrade"}
      words={
        isUnknown
          ? "The history of this cluster holds none with this id: it may be older than what is kept."
          : error === null
            ? "Upgrade Watch asks for it …"
            : `${error.message} It is asked for again.`
      }
    >
      <Link href={runsHref(id)} className="underline underline-offset-4">
        All upgrades of this cluster
      </Link>
    </Instead>
  );
}
