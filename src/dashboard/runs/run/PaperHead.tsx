import type { ReactNode } from "react";
import type { RunDetail } from "../../../contract/runs.ts";
import { offsetLabel } from "../../ui/format.ts";
import { Moment } from "../Moment.tsx";

type PaperHeadProperties = {
  readonly run: RunDetail;
  readonly zone: string;
  readonly siteZone: string;
};

/** What a sheet of paper must say of itself: what it is, of when, and from where. */
export function PaperHead({ run, zone, siteZone }: PaperHeadProperties): ReactNode {
  const { cluster, name, id, now } = run;
  const other = zone === "UTC" ? siteZone : "UTC";
  const told = other === zone ? "" : ` and in ${other}`;
  return (
    <div className="mb-1 hidden justify-between gap-6 text-xs print:flex">
      <p>
        <strong className="font-semibold">Upgrade record</strong> of {name} ({cluster}), {id}
        <br />
        Upgrade Watch, {location.host}. Times in {zone} ({offsetLabel(now, zone)}){told}.
      </p>
      <p className="text-right">
        As of <Moment at={now} now={0} zone={zone} />
      </p>
    </div>
  );
}
