import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Note } from "../../../contract/notes.ts";
import { withdrawNote } from "../../api/runs/evidence.ts";

type NoteItemProperties = {
  readonly cluster: string;
  readonly note: Note;
  /** Whether whoever looks has written it. */
  readonly isOwn: boolean;
  readonly renderMoment: (at: number) => ReactNode;
};

/** One note: the moment that it is about, who wrote it when, and what. */
export function NoteItem({ cluster, note, isOwn, renderMoment }: NoteItemProperties): ReactNode {
  const { at, written, author, text, withdrawn } = note;
  return (
    <li className="min-w-0 break-inside-avoid text-[13px]">
      <p className="flex flex-wrap items-baseline gap-x-2 text-muted">
        <strong className="font-semibold text-text">{renderMoment(at)}</strong>
        <bdi>{author}</bdi>
        <span>written {renderMoment(written)}</span>
        {withdrawn === null && isOwn ? <Withdraw cluster={cluster} id={note.id} /> : null}
      </p>
      <p
        dir="auto"
        className={`mt-0.5 whitespace-pre-wrap [overflow-wrap:anywhere] [unicode-bidi:isolate] ${withdrawn === null ? "" : "text-muted line-through"}`}
      >
        {text}
      </p>
      {withdrawn === null ? null : (
        <p className="text-muted">
          Withdrawn by <bdi>{withdrawn.by}</bdi>, {renderMoment(withdrawn.at)}
        </p>
      )}
    </li>
  );
}

type WithdrawProperties = { readonly cluster: string; readonly id: string };

/** Withdraws one's own note, in two steps: it can't be taken back. */
function Withdraw({ cluster, id }: WithdrawProperties): ReactNode {
  const client = useQueryClient();
  const [isAsked, setIsAsked] = useState(false);
  const [problem, setProblem] = useState("");
  const withdraw = async (): Promise<void> => {
    setProblem("");
    try {
      await withdrawNote(cluster, id);
      await Promise.all([
        client.invalidateQueries({ queryKey: ["notes", cluster] }),
        client.invalidateQueries({ queryKey: ["run", cluster] }),
      ]);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <span className="print:hidden">
      <button
        type="button"
        className="text-xs underline underline-offset-4 hover:text-text"
        onBlur={() => setIsAsked(false)}
        onClick={() => (isAsked ? void withdraw() : setIsAsked(true))}
      >
        {isAsked ? "Withdraw for good" : "Withdraw"}
      </button>
      <span role="alert" className="ml-2 font-medium text-act">
        {problem}
      </span>
    </span>
  );
}
