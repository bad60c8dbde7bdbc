import type { ReactNode } from "react";
import type { RunDetail } from "../../../contract/runs.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Moment } from "../Moment.tsx";
import { type Bound, stateRows } from "./statesTable.ts";
import { Table } from "../../ui/Table.tsx";

type StatesPanelProperties = { readonly run: RunDetail; readonly zone: string };

const columns = ["State", "Duration", "From", "To", "How sure", "Measured", "Inferred"];

/** Each stay in a state, how long it lasted, and how well that is known. */
export function StatesPanel({ run, zone }: StatesPanelProperties): ReactNode {
  const { now } = run;
  const told = ({ at, bound }: Bound): ReactNode => (
    <Moment at={at} now={now} zone={zone} bound={bound} />
  );
  const rows = stateRows(run.states).map((row) => ({
    key: row.key,
    cells: [
      <span key="state" className={`tone-${row.tone} flex items-center gap-1.5 font-semibold`}>
        <span className="text-tone">
          <Icon shape={row.shape} className="size-3.5" />
        </span>
        <bdi>{row.word}</bdi>
      </span>,
      <strong key="duration" className="font-semibold whitespace-nowrap">
        {row.duration}
      </strong>,
      told(row.from),
      row.to === null ? "goes on" : told(row.to),
      <span key="certainty" className="text-muted">
        {row.certainty}
      </span>,
      row.measured,
      row.inferred,
    ],
  }));
  return (
    <Panel title="States">
      <Table caption="How long it stayed in each state" columns={columns} rows={rows} />
    </Panel>
  );
}
