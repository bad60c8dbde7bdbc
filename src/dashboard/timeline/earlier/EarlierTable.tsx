import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { type CurveQuestion, curvesQuery } from "../../api/runs/curves.ts";
import { againstHref, runHref } from "../../shell/runs/runHref.ts";
import { versionsWords } from "../../../upgrade/words/run.ts";
import { moment } from "../../ui/format.ts";
import { Table } from "../../ui/Table.tsx";
import { earlierCaption, earlierRows } from "./earlier.ts";
import { earlierCount } from "./earlierChoice.ts";

type EarlierTableProperties = { readonly of: CurveQuestion; readonly zone: string };

const columns = ["Upgrade", "Began", "Prepared", "Ended", "Side by side"];

/** Which upgrades the faint lines are. */
export function EarlierTable({ of, zone }: EarlierTableProperties): ReactNode {
  const { data, error } = useQuery(curvesQuery(of, earlierCount));
  if (data === undefined) {
    return (
      <p className="text-xs text-muted">
        {error === null
          ? "Asking for the earlier upgrades …"
          : `The earlier upgrades can't be shown: ${error.message} They are asked for again.`}
      </p>
    );
  }
  const { answer } = data;
  const rows = earlierRows(answer);
  return (
    <div className="grid gap-2">
      <p className="text-xs text-muted">{earlierCaption(answer)}</p>
      {rows.length === 0 ? null : (
        <Table
          caption="Earlier upgrades in the chart, newest first"
          columns={columns}
          rows={rows.map(({ key, run, elsewhere, reached, outcome }) => {
            const began = moment(run.from, answer.now, zone);
            return {
              key,
              cells: [
                <span key="upgrade">
                  <Link href={runHref(run)} className="underline underline-offset-4">
                    {versionsWords(run)}
                  </Link>
                  {elsewhere === null ? null : <bdi> · {elsewhere}</bdi>}
                </span>,
                <span key="began" className="whitespace-nowrap">
                  {began}
                </span>,
                reached,
                outcome,
                <Link
                  key="against"
                  href={againstHref(answer.run, run)}
                  aria-label={`Compare with ${versionsWords(run)}, begun ${began}`}
                  className="underline underline-offset-4"
                >
                  Compare
                </Link>,
              ],
            };
          })}
        />
      )}
    </div>
  );
}
