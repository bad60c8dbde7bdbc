import type { ReactNode } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { NotesPanel } from "../../shell/notes/NotesPanel.tsx";
import { moment } from "../../ui/format.ts";

type PresentNotesProperties = {
  readonly status: ClusterStatus;
  /** When the upgrade in flight began. */
  readonly from: number;
  readonly zone: string;
};

/** The notes on the upgrade in flight, and the form to pin one to now. */
export function PresentNotes({ status, from, zone }: PresentNotesProperties): ReactNode {
  return (
    <NotesPanel
      cluster={status.id}
      zone={zone}
      from={from}
      to={null}
      isOptional
      renderMoment={(at) => (
        <time dateTime={new Date(at).toISOString()} className="font-mono tabular-nums">
          {moment(at, status.now, zone)}
        </time>
      )}
    />
  );
}
