import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { notesQuery } from "../../api/runs/evidence.ts";
import { viewerQuery } from "../../api/signIn.ts";
import { serverNow } from "../../api/usePolled.ts";
import { Panel } from "../../ui/Panel.tsx";
import { NoteForm } from "./NoteForm.tsx";
import { NoteItem } from "./NoteItem.tsx";

type NotesPanelProperties = {
  readonly cluster: string;
  readonly zone: string;
  /** The time whose notes are shown. */
  readonly from: number;
  /** Null while the upgrade goes on. */
  readonly to: number | null;
  /** Whether it is left out where there are none and whoever looks can't write any. */
  readonly isOptional?: boolean;
  /** Shows a moment as the page does. */
  readonly renderMoment: (at: number) => ReactNode;
};

/** What people pinned to an upgrade, and the form to write some for who may. */
export function NotesPanel(properties: NotesPanelProperties): ReactNode {
  const { cluster, zone, from, to, isOptional = false, renderMoment } = properties;
  const { data, error } = useQuery(notesQuery(cluster, from, to));
  const viewer = useQuery(viewerQuery).data?.answer ?? null;
  const { notes = [], readOnly = null, unreadable = 0, more = false } = data?.answer ?? {};
  if (isOptional && notes.length === 0 && (data === undefined || readOnly !== null)) {
    return null;
  }
  return (
    <Panel title="Notes">
      <div className="grid gap-3">
        {notes.length === 0 ? (
          <p className="text-sm text-muted">
            {data === undefined ? (error === null ? "Asking for them …" : "") : "There are none."}
          </p>
        ) : (
          <ul aria-label="Notes, oldest moment first" className="grid gap-3">
            {notes.map((note) => (
              <NoteItem
                key={note.id}
                cluster={cluster}
                note={note}
                isOwn={readOnly === null && viewer?.name === note.author}
                renderMoment={renderMoment}
              />
            ))}
          </ul>
        )}
        {more ? <p className="text-sm text-muted">There are older ones than these.</p> : null}
        {unreadable === 0 ? null : (
          <p className="text-sm font-medium">{`${unreadable} more can't be read, because the history is damaged.`}</p>
        )}
        {error === null ? null : (
          <p role="alert" className="text-sm font-medium text-act print:hidden">
            {`${error.message} The notes are asked for again.`}
          </p>
        )}
        {data === undefined ? null : readOnly === null ? (
          <NoteForm
            cluster={cluster}
            zone={zone}
            from={from}
            to={to}
            serverNow={() => serverNow(data)}
          />
        ) : (
          <p className="text-xs text-muted print:hidden">{readOnly}</p>
        )}
      </div>
    </Panel>
  );
}
