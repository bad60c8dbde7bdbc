import { useQuery } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { Link } from "wouter";
import type { RunDetail } from "../../../contract/runs.ts";
import { versionsWords } from "../../../upgrade/words/run.ts";
import { clusterStatusQuery } from "../../api/clusterStatus.ts";
import { isNotFound } from "../../api/queries.ts";
import { isUnknownRun, runQuery } from "../../api/runs/queries.ts";
import { Page } from "../../shell/Page.tsx";
import { lazyPart } from "../../shell/reload/lazyPart.ts";
import { againstHref, runHref, runsHref } from "../../shell/runs/runHref.ts";
import { Instead } from "../Instead.tsx";
import { NoCluster } from "../NoCluster.tsx";

const AgainstView = lazyPart("against-view", async () => {
  const { AgainstView } = await import("./AgainstView.tsx");
  return { default: AgainstView };
});
const ChooseOther = lazyPart("choose-other", async () => {
  const { ChooseOther } = await import("./ChooseOther.tsx");
  return { default: ChooseOther };
});

type AgainstPageProperties = {
  readonly id: string;
  readonly run: string;
  /** The other upgrade: its id, with that of its cluster and a colon before it where that is another one. */
  readonly other: string | undefined;
};

/** `/clusters/:id/runs/:run/against/:other`: two upgrades side by side; without another one, where it is chosen. */
export function AgainstPage({ id, run: runId, other }: AgainstPageProperties): ReactNode {
  const named = otherOf(id, other ?? runId);
  const status = useQuery(clusterStatusQuery(id));
  const first = useQuery(runQuery(id, runId));
  const second = useQuery(runQuery(named.cluster, named.run));
  const name = status.data?.answer.name ?? id;
  const isUnknown = isNotFound(status.error);
  const told = first.data === undefined ? runId : versionsWords(first.data.answer);
  return (
    <Page
      title={`${told} · side by side · ${name}`}
      trail={[
        { label: "Fleet", href: "/" },
        { label: name, href: `/clusters/${encodeURIComponent(id)}`, code: id },
        { label: "Upgrades", href: runsHref(id) },
        { label: told, href: runHref({ cluster: id, id: runId }) },
        { label: "Side by side" },
      ]}
      received={status.data}
      error={isUnknown ? null : status.error}
      siteZone={status.data?.answer.zone ?? "UTC"}
      wallHref={`/wall/${encodeURIComponent(id)}`}
    >
      {isUnknown ? (
        <NoCluster id={id} />
      ) : first.data === undefined || second.data === undefined || status.data === undefined ? (
        <NotYet id={id} run={runId} error={first.error ?? second.error ?? status.error} />
      ) : (
        <Suspense fallback={<p className="text-sm text-muted">Drawing the upgrades …</p>}>
          {isSame(first.data.answer, second.data.answer) ? (
            <ChooseOther
              run={first.data.answer}
              siteZone={status.data.answer.zone}
              isAgainstItself={other !== undefined}
            />
          ) : (
            <AgainstView
              first={first.data.answer}
              second={second.data.answer}
              siteZone={status.data.answer.zone}
            />
          )}
        </Suspense>
      )}
    </Page>
  );
}

/** By what was answered, as an upgrade has more than one name: `latest` is one. */
function isSame(first: RunDetail, second: RunDetail): boolean {
  return first.cluster === second.cluster && first.id === second.id;
}

function otherOf(id: string, other: string): { readonly cluster: string; readonly run: string } {
  const [, cluster = id, run = other] = /^([a-z0-9-]+):(.+)$/.exec(other) ?? [];
  return { cluster, run };
}

type NotYetProperties = {
  readonly id: string;
  readonly run: string;
  readonly error: Error | null;
};

function NotYet({ id, run, error }: NotYetProperties): ReactNode {
  const isUnknown = isUnknownRun(error) || isNotFound(error);
  return (
    <Instead
      title={isUnknown ? "One of the two is not on record" : "Two upgrades"}
      words={
        isUnknown
          ? "The history holds no upgrade with this id: it may be older than what is kept."
          : error === null
            ? "Upgrade Watch asks for them …"
            : `${error.message} They are asked for again.`
      }
    >
      <Link href={againstHref({ cluster: id, id: run })} className="underline underline-offset-4">
        Choose another one
      </Link>
      <Link href={runsHref(id)} className="underline underline-offset-4">
        All upgrades of this cluster
      </Link>
    </Instead>
  );
}
