import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { longestNote } from "../../../contract/notes.ts";
import { zonedTime } from "../../../upgrade/zonedTime.ts";
import { writeNote } from "../../api/runs/evidence.ts";
import { draftOf, keepDraft } from "./draft.ts";
import { fieldMoment } from "./fieldMoment.ts";

type NoteFormProperties = {
  readonly cluster: string;
  readonly zone: string;
  /** The moments that it may be about. */
  readonly from: number;
  /** Null while the upgrade goes on: then it is about now, unless another moment is given. */
  readonly to: number | null;
  readonly serverNow: () => number;
};

const fieldClass =
  "rounded-md border border-control bg-page px-2.5 py-1.5 text-sm text-text aria-invalid:border-act";
const secondMs = 1000;

/** Asks for a note and the moment that it is about. What can't be saved stays in its field, with the reason. */
export function NoteForm({ cluster, zone, from, to, serverNow }: NoteFormProperties): ReactNode {
  const client = useQueryClient();
  const form = `${cluster} ${from}`;
  const earliest = Math.ceil(from / secondMs) * secondMs;
  const [text, setText] = useState(() => draftOf(form));
  const [about, setAbout] = useState("");
  const [problem, setProblem] = useState("");
  const [told, setTold] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const attempt = useRef<number>(null);
  const id = useId();

  const type = (typed: string): void => {
    setText(typed);
    setTold("");
    attempt.current = null;
    keepDraft(form, typed);
  };

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    // Sent again with the same moment it is kept once, also where an answer got lost.
    attempt.current ??= serverNow();
    const chosen = about === "" ? (to ?? attempt.current) : fieldMoment(about, zone);
    setIsBusy(true);
    setProblem("");
    try {
      await writeNote(cluster, text, chosen);
      type("");
      setAbout("");
      setTold("The note is saved.");
      await Promise.all([
        client.invalidateQueries({ queryKey: ["notes", cluster] }),
        client.invalidateQueries({ queryKey: ["run", cluster] }),
      ]);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setIsBusy(false);
    }
  };

  const invalid =
    problem === "" ? {} : { "aria-invalid": true, "aria-describedby": `${id}-problem` };
  return (
    <form
      aria-label="Write a note"
      className="grid gap-2.5 border-t border-line pt-3 print:hidden"
      onSubmit={(event) => void submit(event)}
    >
      <div className="grid gap-1">
        <label htmlFor={`${id}-text`} className="text-xs font-medium text-muted">
          Note
        </label>
        <textarea
          id={`${id}-text`}
          name="text"
          required
          rows={2}
          maxLength={longestNote}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          className={fieldClass}
          {...invalid}
        />
      </div>
      <div className="flex flex-wrap items-end justify-between gap-x-3 gap-y-2">
        <label className="grid gap-1 text-xs font-medium text-muted">
          {`About (${zone}; ${to === null ? "now" : "its end"} if left empty)`}
          <input
            name="about"
            type="datetime-local"
            step={1}
            min={zonedTime(earliest, zone)}
            {...(to === null ? {} : { max: zonedTime(to, zone) })}
            value={about}
            onChange={(event) => setAbout(event.currentTarget.value)}
            className={fieldClass}
          />
        </label>
        <button
          type="submit"
          disabled={isBusy}
          className="min-h-8 rounded-md bg-now px-3.5 text-sm font-semibold text-now-text disabled:opacity-70"
        >
          {isBusy ? "Saving …" : "Save note"}
        </button>
      </div>
      <p id={`${id}-problem`} role="alert" className="text-sm font-medium text-act empty:hidden">
        {problem}
      </p>
      <p role="status" className="text-xs text-muted empty:hidden">
        {told}
      </p>
    </form>
  );
}
