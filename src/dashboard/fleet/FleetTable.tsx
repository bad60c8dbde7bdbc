import { type ReactNode, Suspense, useMemo } from "react";
import { Link } from "wouter";
import type { Lanes } from "../../contract/api.ts";
import { type ClusterFacts, datedCluster, type FleetAnswer } from "../api/fleet/answer.ts";
import type { Received } from "../api/fetchJson.ts";
import { useFreshness, useNewest } from "../api/usePolled.ts";
import { datedPage } from "../shell/pageAnswer.ts";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { CardBoundary } from "../ui/CardBoundary.tsx";
import { BrokenLine } from "./rows/BrokenLine.tsx";
import { FleetLine } from "./rows/FleetLine.tsx";
import { laneMoment } from "./rows/heardCluster.ts";
import { columnFaces, gridColumns, rowClass } from "./rows/grid.ts";
import type { FleetParameters } from "./parameters.ts";
import { hoursWord } from "./FleetTools.tsx";
import type { DrawnRow } from "./ManyLines.tsx";
import type { Section, Selection } from "./select.ts";

type FleetTableProperties = {
  readonly received: Received<FleetAnswer>;
  readonly selection: Selection;
  readonly parameters: FleetParameters;
  readonly lanes: Lanes | undefined;
  readonly zone: string;
};

// Only a large fleet needs what draws a part of it, and only a grouped one what counts its groups.
const ManyLines = lazyPart("many-lines", async () => import("./ManyLines.tsx"));
const GroupLine = lazyPart("group-lines", async () => import("./rows/GroupLine.tsx"));

/** Up to so many lines are simply all there, so that the browser's own search finds them. */
const mostWhole = 100;

/** A line of the table. */
type Line =
  | { readonly kind: "group"; readonly key: string; readonly section: Section }
  | { readonly kind: "cluster"; readonly key: string; readonly summary: ClusterFacts };

/** Every cluster that the filters leave, in a row of its own; of many only those in sight are drawn. */
export function FleetTable(properties: FleetTableProperties): ReactNode {
  const { received, selection, parameters, lanes, zone } = properties;
  const { group, columns, hours } = parameters;
  const lines = useMemo(() => linesOf(selection.sections, group !== null), [selection, group]);
  const laneById = useMemo(
    () => new Map(lanes?.lanes.map(({ id, segments }) => [id, segments])),
    [lanes],
  );
  const { answer } = received;
  const newest = useNewest(received);
  const dated = useMemo(() => datedPage(received), [received]);
  // Without our server nothing is known of the present: what counts stands still, and no forecast holds.
  const isLost = useFreshness(dated, "proxyLost");
  const keys = useMemo(() => lines.map(({ key }) => key), [lines]);
  const draw = (index: number, ref: DrawnRow | null): ReactNode => {
    const line = lines[index];
    switch (line?.kind) {
      case undefined:
        return null;
      case "group":
        return (
          <Suspense key={line.key}>
            <GroupLine
              ref={ref}
              index={index}
              label={group ?? ""}
              section={line.section}
              zone={zone}
              now={answer.now}
            />
          </Suspense>
        );
      case "cluster":
        return (
          <CardBoundary
            key={line.key}
            renderBroken={(message) => (
              <BrokenLine ref={ref} index={index} summary={line.summary} message={message} />
            )}
          >
            <FleetLine
              ref={ref}
              index={index}
              summary={line.summary}
              segments={laneById.get(line.summary.id)}
              newest={newest}
              isLost={isLost}
              laneEnd={laneMoment(answer.now, hours)}
              heardAt={laneMoment(datedCluster(answer, line.summary).observedAt, hours)}
              columns={columns}
              hours={hours}
              zone={zone}
            />
          </CardBoundary>
        );
    }
  };
  const isWhole = lines.length <= mostWhole;
  const whole = (
    <tbody className="block">
      {lines.slice(0, mostWhole).map((_, index) => draw(index, null))}
    </tbody>
  );
  return (
    <section className="rounded-xl border border-line bg-panel">
      <table
        className="block w-full text-left text-sm"
        aria-label="Clusters"
        aria-rowcount={lines.length + 1}
        style={{ "--columns": gridColumns(columns) }}
      >
        <thead className="block max-lg:sr-only">
          <tr
            aria-rowindex={1}
            className={`${rowClass} border-b border-line py-2.5 text-xs font-medium text-muted`}
          >
            {["Cluster", "Now", ...columns.map((column) => columnWord(column, hours))].map(
              (word) => (
                <th key={word} scope="col" className="font-medium">
                  {word}
                </th>
              ),
            )}
          </tr>
        </thead>
        {isWhole ? (
          whole
        ) : (
          <Suspense fallback={whole}>
            <ManyLines keys={keys}>{draw}</ManyLines>
          </Suspense>
        )}
      </table>
      <Footer shown={selection.shown} total={answer.clusters.length} />
    </section>
  );
}

function columnWord(column: FleetParameters["columns"][number], hours: number): string {
  return column === "lane" ? `Last ${hoursWord(hours)}` : columnFaces[column].word;
}

function linesOf(sections: readonly Section[], isGrouped: boolean): readonly Line[] {
  return sections.flatMap((section): Line[] => [
    ...(isGrouped
      ? [{ kind: "group" as const, key: `group ${section.value ?? ""}`, section }]
      : []),
    ...section.clusters.map((summary) => ({ kind: "cluster" as const, key: summary.id, summary })),
  ]);
}

function Footer({ shown, total }: { readonly shown: number; readonly total: number }): ReactNode {
  const all = total === 1 ? "1 cluster" : `${total} clusters`;
  return (
    <p role="status" className="border-t border-line px-4 py-2 text-xs text-muted">
      {shown === total ? all : `${shown} of ${all}`} · sorted by attention
      {shown === 0 && total > 0 && " · nothing fits the search and filters"}
      {" · "}
      <Link href="/runs" className="underline underline-offset-4">
        Upgrades
      </Link>
    </p>
  );
}
