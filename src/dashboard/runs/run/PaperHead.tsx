import type { ReactNode } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { RunDetail } from "../../../contract/runs.ts";
import { offsetLabel } from "../../ui/format.ts";
import { Moment } from "../Moment.tsx";

type PaperHeadProperties = {
  readonly run: RunDetail;
  readonly zone: string;
  readonly status: Pick<ClusterStatus, "zone" | "simulated">;
};

/** What a sheet of paper must say of itself: what it is, of when, and from where. */
export function PaperHead({ run, zone, status }: PaperHeadProperties): ReactNode {
  const { cluster, name, id, now } = run;
  const other = zone === "UTC" ? status.zone : "UTC";
  const told = other === zone ? "" : ` and in ${other}`;
  return (
    <div className="mb-1 hidden justify-between gap-6 text-xs print:flex">
      <p>
        <strong className="font-semibold">Upgrade record</strong> of {name} ({cluster}), {id}
        {status.simulated && <strong className="font-semibold"> · Simulated</strong>}
        <br />
        Upgrade Watch, {location.host}. Times in {zone} ({offsetLabel(now, zone)}){told}.
      </p>
      <p className="text-right">
        As of <Moment at={now} now={0} zone={zone} />
      </p>
    </div>
  );
}
