import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { type CurveQuestion, curvesQuery } from "../../api/runs/curves.ts";
import { againstHref, runHref } from "../../shell/runs/runHref.ts";
import { versionsWords } from "../../../upgrade/words/run.ts";
import { moment } from "../../ui/format.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
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
        <ScrollBox label="Earlier upgrades in the chart" className="max-h-56">
          <table className="w-full text-left text-xs tabular-nums">
            <caption className="sr-only">Earlier upgrades in the chart, newest first</caption>
            <thead>
              <tr className="text-muted">
                {columns.map((column) => (
                  <th key={column} scope="col" className="py-1 pr-4 font-medium whitespace-nowrap">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, run, elsewhere, reached, outcome }) => (
                <tr key={key} className="border-t border-line *:py-1 *:pr-4 *:align-top">
                  <td>
                    <Link href={runHref(run)} className="underline underline-offset-4">
                      {versionsWords(run)}
                    </Link>
                    {elsewhere === null ? null : <bdi> · {elsewhere}</bdi>}
                  </td>
                  <td className="whitespace-nowrap">{moment(run.from, answer.now, zone)}</td>
                  <td>{reached}</td>
                  <td>{outcome}</td>
                  <td>
                    <Link
                      href={againstHref(answer.run, run)}
                      aria-label={`Compare with ${versionsWords(run)}, begun ${moment(run.from, answer.now, zone)}`}
                      className="underline underline-offset-4"
                    >
                      Compare
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </div>
  );
}
