import { memo, type ReactNode, useCallback, useDeferredValue, useMemo, useState } from "react";
import { wholePercent } from "../../upgrade/span.ts";
import { moment } from "../ui/format.ts";
import { Ticking } from "../ui/Ticking.tsx";
import { useClock } from "./liveClock.ts";
import { ScrollBox } from "../ui/ScrollBox.tsx";
import type { ChartPicture } from "./chart/chart.ts";
import { type Band, bandDuration, bandEnd, bandUntil } from "./lane/lane.ts";

type TimelineTablesProperties = {
  readonly states: readonly Band[];
  readonly link: readonly Band[];
  readonly picture: ChartPicture;
  readonly zone: string;
  /** Whether the picture is fresh; otherwise the last state ends with the last answer. */
  readonly live: boolean;
};

/** The timeline as tables: always there for screen readers, on screen for whoever asks. */
export const TimelineTables = memo(function TimelineTables({
  states,
  link,
  picture,
  zone,
  live,
}: TimelineTablesProperties): ReactNode {
  const [isShown, setShown] = useState(false);
  const { points } = picture;
  // Hundreds of rows come right after the picture, in pieces: it does not wait for them.
  const rows = useDeferredValue(
    useMemo(() => ({ states, link, points }), [states, link, points]),
    noRows,
  );
  return (
    <div className="relative mt-2 print:hidden">
      <button
        type="button"
        aria-expanded={isShown}
        onClick={() => setShown(!isShown)}
        className="rounded px-1 py-1 text-xs max-sm:min-h-11 text-muted underline decoration-dotted underline-offset-4 hover:text-text"
      >
        {isShown ? "Hide the tables" : "Show as tables"}
      </button>
      <div className={isShown ? "mt-3 grid gap-6 lg:grid-cols-2" : offScreen}>
        <Tables {...rows} {...{ zone, live, isShown }} />
      </div>
    </div>
  );
});

type TablesProperties = Pick<TimelineTablesProperties, "states" | "link" | "zone" | "live"> & {
  readonly points: ChartPicture["points"];
  readonly isShown: boolean;
};

const noRows = { states: [], link: [], points: [] } as const;

const Tables = memo(function Tables(properties: TablesProperties): ReactNode {
  const { states, link, points, zone, live, isShown } = properties;
  return (
    <>
      <BandTable name="State" plural="States" bands={states} {...{ zone, live, isShown }} />
      <BandTable name="Link" plural="Link" bands={link} {...{ zone, live, isShown }} />
      <ProgressTable points={points} zone={zone} scrolls={isShown} />
    </>
  );
});

/** Half of the page's elements: in a box of their own, so that they are not laid out anew for what happens around them. */
const offScreen = "sr-only contain-strict";

type BandTableProperties = Pick<TimelineTablesProperties, "zone" | "live"> & {
  readonly name: string;
  readonly plural: string;
  readonly bands: readonly Band[];
  readonly isShown: boolean;
};

function BandTable(properties: BandTableProperties): ReactNode {
  const { name, plural, bands, zone, live, isShown } = properties;
  const now = useClock().now();
  const rows = bands.map((band) => {
    const word = band.inferred ? `${band.word} (not seen)` : band.word;
    const from = `${moment(band.from, now, zone)}${band.startExact ? "" : " at latest"}`;
    const cells = [
      `${word}${band.note === null ? "" : `: ${band.note}`}`,
      from,
      <BandEnd key="to" band={band} zone={zone} live={live} isShown={isShown} />,
      <BandDuration key="duration" band={band} isShown={isShown} />,
    ];
    return { key: band.key, cells };
  });
  const columns = [name, "From", "To", "Duration"];
  return (
    <Table caption={`${plural}, oldest first`} columns={columns} rows={rows} scrolls={isShown} />
  );
}

type BandDurationProperties = Pick<BandTableProperties, "isShown"> & { readonly band: Band };
type BandEndProperties = Pick<TimelineTablesProperties, "zone" | "live"> & BandDurationProperties;

function BandEnd({ band, zone, live, isShown }: BandEndProperties): ReactNode {
  const clock = useClock();
  const text = useCallback(
    () => bandEnd(band, bandUntil(band, clock), clock.now(), zone, live),
    [band, clock, zone, live],
  );
  return band.to === null ? <Ticking text={text} className={tickClass(isShown)} /> : text();
}

function BandDuration({ band, isShown }: BandDurationProperties): ReactNode {
  const clock = useClock();
  const text = useCallback(() => bandDuration(band, bandUntil(band, clock)), [band, clock]);
  return band.to === null ? <Ticking text={text} className={tickClass(isShown)} /> : text();
}

/** Nobody sees how wide a text is in a table that is not on screen: its second must not lay out hundreds of rows anew. */
function tickClass(isShown: boolean): string {
  return isShown ? "" : "block size-px overflow-hidden contain-strict";
}

type ProgressTableProperties = {
  readonly points: ChartPicture["points"];
  readonly zone: string;
  readonly scrolls: boolean;
};

/** Up to some hundred rows: made anew when a percent was heard, not with every poll. */
const ProgressTable = memo(function ProgressTable({
  points,
  zone,
  scrolls,
}: ProgressTableProperties): ReactNode {
  const clock = useClock();
  const now = clock.now();
  const rows = points.map(({ at, progress }, index) => {
    const percent = wholePercent(progress);
    const cells = [moment(at, now, zone), percent === null ? "not heard" : `${percent} %`];
    return { key: `${index}`, cells };
  });
  const columns = ["Time", "Progress"];
  return <Table caption="Progress, oldest first" columns={columns} rows={rows} scrolls={scrolls} />;
});

type TableProperties = {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  /** Whether it is on screen: then it scrolls in a box of its own, which the keyboard must reach. */
  readonly scrolls: boolean;
};

function Table({ caption, columns, rows, scrolls }: TableProperties): ReactNode {
  const table = (
    <table className="w-full text-left text-xs tabular-nums">
      <caption className="pb-1 text-left font-semibold">{caption}</caption>
      <thead>
        <tr className="text-muted">
          {columns.map((column) => (
            <th key={column} scope="col" className="py-1 pr-3 font-medium whitespace-nowrap">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key} className="border-t border-line">
            {cells.map((cell, index) => (
              <td
                key={columns[index]}
                className={`py-1 pr-3 align-top ${index === 0 ? "" : "whitespace-nowrap"}`}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return scrolls ? (
    <ScrollBox label={caption} className="max-h-72">
      {table}
    </ScrollBox>
  ) : (
    table
  );
}
