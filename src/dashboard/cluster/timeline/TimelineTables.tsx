import { memo, type ReactNode, useState } from "react";
import { wholePercent } from "../../../upgrade/span.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { moment } from "../../ui/format.ts";
import { useClock } from "../liveClock.ts";
import { ScrollBox } from "../ScrollBox.tsx";
import type { ChartPicture } from "./chart/chart.ts";
import { type Band, bandDuration } from "./lane/lane.ts";

type TimelineTablesProperties = {
  readonly states: readonly Band[];
  readonly link: readonly Band[];
  readonly picture: ChartPicture;
  readonly zone: string;
};

/** The timeline as tables: always there for screen readers, on screen for whoever asks. */
export function TimelineTables({
  states,
  link,
  picture,
  zone,
}: TimelineTablesProperties): ReactNode {
  const clock = useClock();
  const [isShown, setShown] = useState(false);
  const now = clock.now();
  const time = (at: EpochMs): string => moment(at, now, zone);
  return (
    <div className="mt-2">
      <button
        type="button"
        aria-expanded={isShown}
        onClick={() => setShown(!isShown)}
        className="rounded px-1 py-1 text-xs max-sm:min-h-11 text-muted underline decoration-dotted underline-offset-4 hover:text-text"
      >
        {isShown ? "Hide the tables" : "Show as tables"}
      </button>
      <div className={isShown ? "mt-3 grid gap-6 lg:grid-cols-2" : "sr-only"}>
        <Table
          caption="States, oldest first"
          columns={["State", "From", "To", "Duration"]}
          rows={states.map((band) => bandRow(band, now, time))}
          scrolls={isShown}
        />
        <Table
          caption="Link, oldest first"
          columns={["Link", "From", "To", "Duration"]}
          rows={link.map((band) => bandRow(band, now, time))}
          scrolls={isShown}
        />
        <ProgressTable points={picture.points} zone={zone} scrolls={isShown} />
      </div>
    </div>
  );
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
  const rows = points.map(({ at, progress }) => {
    const percent = wholePercent(progress);
    return [moment(at, now, zone), percent === null ? "not heard" : `${percent} %`];
  });
  const columns = ["Time", "Progress"];
  return <Table caption="Progress, oldest first" columns={columns} rows={rows} scrolls={scrolls} />;
});

function bandRow(band: Band, now: EpochMs, time: (at: EpochMs) => string): readonly string[] {
  const word = band.inferred ? `${band.word} (not seen)` : band.word;
  const note = band.note === null ? "" : `: ${band.note}`;
  const from = band.startExact ? time(band.from) : `${time(band.from)} at latest`;
  const to = band.to === null ? "now" : time(band.to);
  return [`${word}${note}`, from, to, bandDuration(band, now)];
}

type TableProperties = {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
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
        {rows.map((row) => (
          <tr key={row.join("|")} className="border-t border-line">
            {row.map((cell, index) => (
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
