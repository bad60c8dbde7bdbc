import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import type { RunDetail } from "../../../contract/runs.ts";
import { curvesQuery } from "../../api/runs/curves.ts";
import { controlClass } from "../../shell/Controls.tsx";
import { againstHref } from "../../shell/runs/runHref.ts";
import { useZone } from "../../shell/zone.ts";
import { Guarded } from "../../ui/Guarded.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { SiteZoneProvider } from "../Moment.tsx";
import { Table } from "../../ui/Table.tsx";
import { BothCurves } from "./BothCurves.tsx";
import { BothLanes } from "./BothLanes.tsx";
import { RunCard } from "./RunCard.tsx";
import { scaleOf } from "./scale.ts";
import { type AgainstRow, lengthRows, otherRows } from "./words.ts";

type AgainstViewProperties = {
  readonly first: RunDetail;
  readonly second: RunDetail;
  readonly siteZone: string;
};

/** Two upgrades side by side: A is the one that the page is about, B the other. */
export function AgainstView({ first, second, siteZone }: AgainstViewProperties): ReactNode {
  const zone = useZone(siteZone);
  const ofFirst = useQuery(curvesQuery({ cluster: first.cluster, run: first.id, from: null }, 0));
  const ofSecond = useQuery(
    curvesQuery({ cluster: second.cluster, run: second.id, from: null }, 0),
  );
  const both = useMemo(
    () => [
      { letter: "A", run: first, curve: ofFirst.data?.answer.run.curve ?? null },
      { letter: "B", run: second, curve: ofSecond.data?.answer.run.curve ?? null },
    ],
    [first, second, ofFirst.data, ofSecond.data],
  );
  const scale = useMemo(() => scaleOf(both), [both]);
  const error = ofFirst.error ?? ofSecond.error;
  return (
    <SiteZoneProvider value={siteZone}>
      <div className="grid gap-4">
        <h1 className="sr-only">Two upgrades side by side</h1>
        <div className="flex flex-wrap gap-2 print:hidden">
          <Link href={againstHref(second, first)} className={controlClass}>
            Swap A and B
          </Link>
          <Link href={againstHref(first)} className={controlClass}>
            Choose another B
          </Link>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <RunCard letter="A" run={first} zone={zone} />
          <RunCard letter="B" run={second} zone={zone} />
        </div>
        <Guarded name="The picture of both">
          <Panel title="From the start of Preparing">
            <BothLanes both={both} scale={scale} />
            <BothCurves both={both} scale={scale} />
            {error === null ? null : (
              <p className="mt-2 text-xs text-muted">
                Not all of the curves can be shown: {error.message} They are asked for again.
              </p>
            )}
          </Panel>
        </Guarded>
        <Guarded name="The table of differences">
          <Differences title="How long it took" rows={lengthRows(first, second)} />
        </Guarded>
        <Guarded name="The table of other differences">
          <Differences title="What else differs" rows={otherRows(first, second)} />
        </Guarded>
      </div>
    </SiteZoneProvider>
  );
}

/** A path is broken anywhere, a figure nowhere. */
function Value({ text }: { readonly text: string }): ReactNode {
  return <bdi className={text.includes("/") ? "[overflow-wrap:anywhere]" : ""}>{text}</bdi>;
}

const columns = ["What", "A", "B", "A against B"];

function Differences({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly AgainstRow[];
}): ReactNode {
  return (
    <Panel title={title}>
      <Table
        isNarrow
        caption={title}
        columns={columns}
        rows={rows.map(({ key, what, first, second, difference }) => ({
          key,
          cells: [
            <bdi key="what" className="font-semibold">
              {what}
            </bdi>,
            <Value key="first" text={first} />,
            <Value key="second" text={second} />,
            <strong key="difference" className="font-semibold">
              {difference}
            </strong>,
          ],
        }))}
      />
    </Panel>
  );
}
