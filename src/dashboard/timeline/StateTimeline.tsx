import { type PointerEvent, type ReactNode, Suspense, useMemo, useRef, useState } from "react";
import type { ClusterStatus } from "../../contract/api.ts";
import type { CurveQuestion } from "../api/runs/curves.ts";
import { minuteMs } from "../../upgrade/duration.ts";
import { progressSeries } from "../../upgrade/progress.ts";
import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { timeline } from "../../upgrade/timeline.ts";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { CardBoundary } from "../ui/CardBoundary.tsx";
import { Choice } from "../ui/Choice.tsx";
import { Panel } from "../ui/Panel.tsx";
import { paperWidth, usePrinting } from "../ui/printing.ts";
import { useClock } from "./liveClock.ts";
import { type Range, rangeLabels, ranges } from "./axis/range.ts";
import { type Axis, momentAt } from "./axis/axis.ts";
import { ChartFrame } from "./chart/ChartFrame.tsx";
import { chartPicture } from "./chart/chart.ts";
import { Cursor } from "./Cursor.tsx";
import { ExpectedLane } from "./lane/ExpectedLane.tsx";
import { expectationsOf, expectedEnd } from "./lane/expected.ts";
import { FlagRow } from "./lane/FlagRow.tsx";
import { flagsOf } from "./lane/flags.ts";
import { gutter, trail } from "./axis/geometry.ts";
import { LinkLane } from "./lane/LinkLane.tsx";
import { LiveLayer } from "./LiveLayer.tsx";
import { linkBands, stateBands } from "./lane/lane.ts";
import { withinEnds } from "./lane/withinEnds.ts";
import { StateLane } from "./lane/StateLane.tsx";
import { progressSummary } from "./chart/summary.ts";
import { TimelineTables } from "./TimelineTables.tsx";
import { useAxis } from "./axis/useAxis.ts";
import { useSize } from "../ui/useSize.ts";

/** What the timeline reads of a cluster's present, or of how it was at the end of what is drawn. */
export type TimelineStatus = Pick<
  ClusterStatus,
  "run" | "state" | "status" | "eta" | "etaWhole" | "link" | "linkSince" | "nodes"
>;

/** What the timeline is drawn from. */
export type StateTimelineProperties = {
  readonly status: TimelineStatus;
  /** The history as it stands, oldest first. */
  readonly spans: readonly Span[];
  /** Why there is no history, by {@link missingWords}: then the frame is drawn, and nothing is said of what it may tell. */
  readonly missing?: string | null;
  /** Whether the picture is fresh; otherwise nothing is forecast from it. */
  readonly live: boolean;
  readonly range: Range;
  readonly zone: string;
  /** Without it there is no choice of the range. */
  readonly onRange?: ((range: Range) => void) | undefined;
  /** What is over is drawn from its beginning to its end, whatever the range. */
  readonly ends?: Axis | undefined;
  /** The upgrade that earlier ones may be laid behind. */
  readonly upgrade?: CurveQuestion | null | undefined;
};

// Few ask for them, and their code is heavier than the room that is left.
const EarlierParts = lazyPart("earlier-parts", async () => import("./earlier/EarlierParts.tsx"));

const usualSize = { width: 900, height: 500 };

/** State lane, link lane and progress chart on one time axis, with one cursor through all of them. */
export function StateTimeline(properties: StateTimelineProperties): ReactNode {
  const { status, spans, missing = null, live, range, zone, onRange, ends } = properties;
  const { upgrade = null } = properties;
  const clock = useClock();
  const plot = useRef<HTMLDivElement>(null);
  const [frame, size = usualSize] = useSize<HTMLDivElement>();
  const isPrinting = usePrinting();
  const [cursor, setCursor] = useState<EpochMs | null>(null);
  const width = Math.max(100, (isPrinting ? paperWidth : size.width) - gutter - trail);
  const axis = useAxis({
    range,
    ends,
    run: status.run,
    forecastEnd: live ? expectedEnd(status, spans) : null,
  });
  const preparing = status.state === "UPGRADE_STATE_PREPARING" && spans.at(-1)?.kind === "status";
  const eta = live && preparing ? status.eta : null;
  const etaWhole = live ? status.etaWhole : null;
  const ahead = { eta: live ? status.eta : null, etaWhole, state: status.state };
  const addresses = status.nodes.length;
  const lanes = useMemo(() => timeline(spans, addresses), [spans, addresses]);
  const series = useMemo(() => progressSeries(spans), [spans]);
  const isOver = ends !== undefined;
  const bands = useMemo(
    () => withinEnds(stateBands(lanes.states, axis), axis, isOver),
    [lanes, axis, isOver],
  );
  const link = useMemo(
    () => withinEnds(linkBands(lanes.link, axis), axis, isOver),
    [lanes, axis, isOver],
  );
  const picture = useMemo(
    () => chartPicture(series, lanes.link, axis, preparing),
    [series, lanes, axis, preparing],
  );
  const flags = useMemo(() => flagsOf(bands, width), [bands, width]);
  const { link: linkState, linkSince, state, nodes, status: reply } = status;
  const expectations = useMemo(
    () =>
      live
        ? expectationsOf(
            { eta, etaWhole, link: linkState, linkSince, state, nodes, status: reply },
            spans,
            zone,
          )
        : [],
    [live, eta, etaWhole, linkState, linkSince, state, nodes, reply, spans, zone],
  );
  const follow = (event: PointerEvent): void => {
    const box = plot.current?.getBoundingClientRect();
    if (box !== undefined && event.clientX >= box.left && event.clientX <= box.right) {
      setCursor(momentAt(axis, (event.clientX - box.left) / box.width));
    } else {
      setCursor(null);
    }
  };
  // The summary tells times of day: it is another one when a forecast's minute is, or may be with the quarter of an hour.
  const likelyEnd = eta === null ? null : floorTo(eta.likely, minuteMs);
  const quarter = floorTo(clock.now(), 15 * minuteMs);
  const summary = useMemo(
    () => progressSummary(series, picture, axis, likelyEnd, quarter, zone),
    [series, picture, axis, likelyEnd, quarter, zone],
  );
  const inset = { marginLeft: gutter, marginRight: trail };
  return (
    <Panel
      title="State timeline"
      aside={
        onRange === undefined ? null : (
          <RangeChoice status={status} range={range} onRange={onRange} />
        )
      }
    >
      <div
        ref={frame}
        className="relative touch-pan-y"
        style={isPrinting ? { width: paperWidth } : undefined}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={() => setCursor(null)}
      >
        <div className="h-6" />
        <div style={inset}>
          <FlagRow flags={flags} />
        </div>
        <Lane label="State">
          <ExpectedLane expectations={expectations} axis={axis} />
          <StateLane bands={bands} axis={axis} zone={zone} live={live} onPoint={setCursor} />
        </Lane>
        <div className="h-3" />
        <Lane label="Link">
          <LinkLane bands={link} axis={axis} />
        </Lane>
        <figure aria-label="Progress" className="mt-2">
          <figcaption className="sr-only">{missing ?? summary}</figcaption>
          <div className="relative">
            <Earlier of={upgrade} axis={axis} zone={zone} />
            <ChartFrame {...{ picture, missing, axis, zone, eta }} />
          </div>
        </figure>
        <div
          ref={plot}
          className="pointer-events-none absolute inset-y-0"
          style={{ left: gutter, right: trail }}
        >
          <LiveLayer axis={axis} isAnswered={spans.at(-1)?.kind === "status"} />
          <Cursor
            at={cursor}
            link={lanes.link}
            {...{ axis, zone, spans, ahead }}
            onPoint={setCursor}
          />
        </div>
      </div>
      <Earlier of={upgrade} zone={zone} />
      <TimelineTables states={bands} link={link} picture={picture} zone={zone} live={live} />
    </Panel>
  );
}

function Earlier({
  of,
  ...rest
}: {
  readonly of: CurveQuestion | null;
  readonly axis?: Axis;
  readonly zone: string;
}): ReactNode {
  return of === null ? null : (
    <CardBoundary renderBroken={() => "The earlier upgrades can't be drawn."}>
      <Suspense fallback={null}>
        <EarlierParts of={of} {...rest} />
      </Suspense>
    </CardBoundary>
  );
}

function Lane({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="flex items-center">
      <span aria-hidden="true" className="shrink-0 text-xs text-muted" style={{ width: gutter }}>
        {label}
      </span>
      <div className="relative min-w-0 grow" style={{ marginRight: trail }}>
        {children}
      </div>
    </div>
  );
}

type RangeChoiceProperties = Pick<StateTimelineProperties, "status" | "range"> & {
  readonly onRange: (range: Range) => void;
};

function RangeChoice({ status, range, onRange }: RangeChoiceProperties): ReactNode {
  const over = status.run !== null && status.run.to !== null;
  const options = ranges
    .filter((each) => each !== "run" || status.run !== null)
    .map((each) => ({
      value: each,
      label: each === "run" && over ? "Last upgrade" : rangeLabels[each],
    }));
  return (
    <div className="max-sm:[&_button]:min-h-11 max-sm:[&_button]:px-3">
      <Choice label="Range" options={options} chosen={range} onChoose={onRange} />
    </div>
  );
}

function floorTo(epochMs: EpochMs, stepMs: number): EpochMs {
  return Math.floor(epochMs / stepMs) * stepMs;
}
