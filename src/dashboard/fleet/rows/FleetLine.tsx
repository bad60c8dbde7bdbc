import { memo, type ReactNode, type Ref, Suspense, useMemo } from "react";
import { Link } from "wouter";
import type { ClusterFacts, FleetAnswer } from "../../api/fleet/answer.ts";
import { clusterFreshness } from "../../api/fleet/freshness.ts";
import { type Newest, serverNow } from "../../api/usePolled.ts";
import { clockDuration, wholeAgeWords } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Ticking } from "../../ui/Ticking.tsx";
import { briefFingerprints } from "../../shell/fingerprints.ts";
import { pastHeadline } from "../../shell/past.ts";
import { lazyPart } from "../../shell/reload/lazyPart.ts";
import { UncheckedMark } from "../../shell/UncheckedMark.tsx";
import type { Versions } from "../../shell/versions.ts";
import { fleetRow } from "./fleetRow.ts";
import type { Column } from "../parameters.ts";
import { edgeClass, rowClass } from "./grid.ts";
import type { LaneSegment } from "./rowLane.ts";

// What it draws is asked for after the rows themselves.
const RowLaneView = lazyPart("row-lane", async () => import("./RowLaneView.tsx"));

type FleetLineProperties = {
  readonly ref: Ref<HTMLTableRowElement>;
  readonly index: number;
  readonly summary: ClusterFacts;
  readonly segments: readonly LaneSegment[] | undefined;
  readonly columns: readonly Column[];
  readonly hours: number;
  readonly newest: Newest<FleetAnswer>;
  /** Whether our own server answers no more. */
  readonly isLost: boolean;
  /** Now, and when the cluster was heard last, as finely as a lane shows moments. */
  readonly laneEnd: number;
  readonly heardAt: number | null;
  readonly zone: string;
};

/** One cluster of the fleet. It is drawn anew when something else is told of it, not whenever it was heard again. */
export const FleetLine = memo(function FleetLine(properties: FleetLineProperties): ReactNode {
  const { ref, index, summary, segments, newest, isLost, columns, hours, zone } = properties;
  const { laneEnd, heardAt } = properties;
  const heardCluster = useMemo(() => ({ ...summary, observedAt: heardAt }), [summary, heardAt]);
  const row = useMemo(() => fleetRow(heardCluster, zone), [heardCluster, zone]);
  const { since } = row;
  const heard = (): string => {
    const { ageMs } = clusterFreshness(newest, summary);
    return ageMs === null ? "never" : `${wholeAgeWords(ageMs)} ago`;
  };
  const cells = {
    for:
      since === null ? (
        "—"
      ) : (
        <span className="font-mono text-xs">
          {!row.sinceExact && <span title="It began before this.">≥ </span>}
          <Ticking
            text={() => clockDuration((isLost ? newest().answer.now : serverNow(newest())) - since)}
          />
        </span>
      ),
    version: <Version version={row.version} />,
    lane: (
      <Suspense fallback={<span className="my-1 block h-4" />}>
        <RowLaneView
          cluster={heardCluster}
          isLive={!isLost}
          {...{ segments, laneEnd, hours, zone }}
        />
      </Suspense>
    ),
    expected: <span className="text-muted">{isLost ? "—" : row.expected}</span>,
    heard: <Ticking text={heard} className="font-mono text-xs text-muted" />,
  } as const satisfies Record<Column, ReactNode>;
  return (
    <tr
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      className={`${rowClass} ${edgeClass(index)} relative items-start gap-y-1 py-2.5 hover:bg-raised lg:items-center tone-${row.face.tone}`}
    >
      <th scope="row" className="min-w-0 font-semibold">
        <Link
          href={`/clusters/${encodeURIComponent(row.id)}`}
          className="after:absolute after:inset-0"
        >
          {row.name}
        </Link>
        <span className="block font-mono text-xs font-normal text-muted">{row.id}</span>
        <UncheckedMark about={summary} className="text-xs font-medium" />
      </th>
      <td className="col-span-full row-start-2 min-w-0 lg:col-span-1 lg:row-start-auto">
        <span className="flex items-center gap-2.5 text-[0.95rem] font-semibold text-tone">
          <Icon shape={row.face.shape} fraction={row.fraction} className="size-4" />
          {isLost ? pastHeadline(row.headline) : row.headline}
        </span>
        {summary.attention !== "none" && (
          <span className="block pl-6.5 text-xs text-muted">{briefFingerprints(row.detail)}</span>
        )}
      </td>
      {columns.map((column) => (
        <td key={column} className={`min-w-0 ${narrowPlaces[column]}`}>
          {cells[column]}
        </td>
      ))}
    </tr>
  );
});

/** Where the columns go in the card of a narrow screen. */
const narrowPlaces = {
  for: "max-lg:col-start-2 max-lg:row-start-1 max-lg:text-right",
  version: "max-lg:col-start-1",
  lane: "max-lg:col-span-full max-lg:row-start-3",
  expected: "max-lg:col-start-2 max-lg:text-right",
  heard: "max-lg:col-start-2 max-lg:text-right",
} as const satisfies Record<Column, string>;

function Version({ version: { from, to } }: { readonly version: Versions }): ReactNode {
  return to === null ? (
    from
  ) : (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <span className="text-muted">{from}</span>
      <Icon shape="arrow-right" className="size-3.5 text-muted" />
      <span className="sr-only">to</span>
      <span className="font-semibold">{to}</span>
    </span>
  );
}
