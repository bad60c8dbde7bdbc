import { type ReactNode, useCallback } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { Panel } from "../../ui/Panel.tsx";
import { Ticking } from "../../ui/Ticking.tsx";
import { useClock } from "../../timeline/liveClock.ts";
import { type Cell, type RebootRow, rollingRebootOf } from "./rollingReboot.ts";

/** What a rolling reboot is drawn from. */
export type RollingRebootProperties = {
  readonly status: ClusterStatus;
  /** Whether the picture is fresh; otherwise nothing counts on. */
  readonly live: boolean;
};

/** A rolling reboot: which nodes are back, how long each took, and the one that is rebooting now. */
export function RollingReboot({ status, live }: RollingRebootProperties): ReactNode {
  const shown = rollingRebootOf(status);
  if (shown === null) {
    return null;
  }
  const { summary, cells, rows, earlier, median } = shown;
  return (
    <Panel title="Rolling reboot">
      <p className="text-[13px]">{summary}</p>
      {cells.length === 0 ? null : (
        <div aria-hidden className="tone-rebooting mt-2 flex gap-1">
          {cells.map((cell, node) => (
            <span key={node} className={`h-2.5 flex-1 rounded-sm border ${fill[cell]}`} />
          ))}
        </div>
      )}
      <dl className="mt-3 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5 text-[13px]">
        {rows.map((row) => (
          <Row key={row.key} row={row} heardAt={live ? null : status.observedAt} />
        ))}
      </dl>
      {earlier === 0 ? null : <p className="mt-1.5 text-xs text-muted">and {earlier} before</p>}
      {median === null ? null : <p className="mt-3 text-xs text-muted">{median}</p>}
    </Panel>
  );
}

const fill = {
  back: "border-edge bg-band",
  present: "border-dashed border-edge",
  ahead: "border-line",
} as const satisfies Record<Cell, string>;

type RowProperties = { readonly row: RebootRow; readonly heardAt: number | null };

function Row({ row, heardAt }: RowProperties): ReactNode {
  const clock = useClock();
  const { label, isPresent, value } = row;
  const text = useCallback(() => value(heardAt ?? clock.now()), [value, heardAt, clock]);
  return (
    <>
      <dt className={isPresent ? "font-semibold" : "text-muted"}>{label}</dt>
      <dd className={`text-right tabular-nums ${isPresent ? "font-semibold" : ""}`}>
        <Ticking text={text} />
        {isPresent ? " so far" : ""}
      </dd>
    </>
  );
}
