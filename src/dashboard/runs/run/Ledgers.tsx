import type { ReactNode } from "react";
import { visibleText } from "../../../contract/clusterText.ts";
import type { RunDetail } from "../../../contract/runs.ts";
import { anomalyWordsOf } from "../../../upgrade/words/particulars.ts";
import { wholePercent } from "../../../upgrade/span.ts";
import { stateWord } from "../../../upgrade/status.ts";
import { waitWords } from "../../../upgrade/words/run.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Moment } from "../Moment.tsx";
import { absenceRows } from "./ledger.ts";
import { samplingWords } from "../../../upgrade/words/sampling.ts";
import { Table } from "../../ui/Table.tsx";

type LedgerProperties = { readonly run: RunDetail; readonly zone: string };

/** Whether an error still holds; of an upgrade that was followed by another, no more is known than that it did to its end. */
function errorWord(holds: boolean, { next }: Pick<RunDetail, "next">): string {
  if (!holds) {
    return "Cleared";
  }
  return next === null ? "Still reported" : "Reported to its end";
}

/** The errors that it reported, kept after the cluster has cleared them. */
export function ErrorsPanel({ run, zone }: LedgerProperties): ReactNode {
  const { errors, now } = run;
  return (
    <Panel title="Errors">
      {errors.length === 0 ? (
        <p className="text-sm text-muted">It reported none.</p>
      ) : (
        <ul aria-label="Errors, oldest first" className="grid gap-3 text-[13px]">
          {errors.map(({ text, firstSeen, lastSeen, state, progress, holds }) => {
            const percent = state === "UPGRADE_STATE_PREPARING" ? wholePercent(progress) : null;
            return (
              <li key={`${firstSeen} ${text}`} className="min-w-0 break-inside-avoid">
                <span
                  className={`${holds ? "tone-act text-tone" : ""} mr-2 inline-flex items-center gap-1.5 font-semibold`}
                >
                  <Icon shape="warning" className="size-3.5" />
                  {errorWord(holds, run)}
                </span>
                <span className="text-muted">
                  first seen <Moment isInline at={firstSeen} now={now} zone={zone} />, last seen{" "}
                  <Moment isInline at={lastSeen} now={now} zone={zone} />, first at{" "}
                  {stateWord(state)}
                  {percent === null ? "" : ` ${percent} %`}
                </span>
                <pre
                  dir="auto"
                  className="mt-1 font-mono text-xs whitespace-pre-wrap [unicode-bidi:isolate]"
                >
                  {visibleText(text)}
                </pre>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

const absenceColumns = ["What", "Duration", "From", "To", "After", "Reason"];

/** When nothing was heard, and why. */
export function AbsencesPanel({ run, zone }: LedgerProperties): ReactNode {
  const { absences, now } = run;
  const rows = absenceRows(absences).map((row) => ({
    key: row.key,
    cells: [
      <span key="what" className={`tone-${row.tone} flex items-center gap-1.5 font-semibold`}>
        <span className="text-tone">
          <Icon shape={row.shape} className="size-3.5" />
        </span>
        {row.word}
      </span>,
      <strong key="duration" className="font-semibold whitespace-nowrap">
        {row.duration}
      </strong>,
      <Moment key="from" at={row.from} now={now} zone={zone} />,
      <Moment key="to" at={row.to} now={now} zone={zone} />,
      row.after,
      <bdi key="reason" className="text-muted">
        {row.reason}
      </bdi>,
    ],
  }));
  return (
    <Panel title="Absences">
      {rows.length === 0 ? (
        <p className="text-sm text-muted">It was heard all the time.</p>
      ) : (
        <Table caption="Absences, oldest first" columns={absenceColumns} rows={rows} />
      )}
    </Panel>
  );
}

/** What went on that should not have; nothing where nothing did. */
export function OdditiesPanel({ run, zone }: LedgerProperties): ReactNode {
  const { anomalies, now } = run;
  return anomalies.length === 0 ? null : (
    <Panel title="Oddities">
      <ul className="grid gap-2 text-[13px]">
        {anomalies.map((anomaly) => (
          <li key={`${anomaly.reason} ${anomaly.at}`} className="flex gap-3 break-inside-avoid">
            <Moment at={anomaly.at} now={now} zone={zone} />
            <span className="tone-look flex items-center gap-1.5 font-medium">
              <span className="text-tone">
                <Icon shape="diamond" className="size-3.5" />
              </span>
              {anomalyWordsOf(anomaly)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Who was waited for; nothing where nobody was. */
export function WaitsPanel({ run }: Pick<LedgerProperties, "run">): ReactNode {
  return run.waits.length === 0 ? null : (
    <Panel title="Waits">
      <ul className="grid gap-1.5 text-[13px]">
        {run.waits.map((wait, index) => (
          // Waits have no name of their own, and their order never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className="first-letter:uppercase">
            {waitWords(wait)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What all of these figures rest on. */
export function SamplingPanel({ run }: Pick<LedgerProperties, "run">): ReactNode {
  return (
    <Panel title="What this rests on">
      <p className="text-[13px] leading-5">{samplingWords(run)}</p>
    </Panel>
  );
}
