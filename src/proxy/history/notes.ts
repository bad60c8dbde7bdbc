import type { Note } from "../../contract/notes.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { type Clock, settledWithin } from "../clock.ts";
import type { NoteRecord } from "./disk/noteRow.ts";
import type { NoteOutcome, NotesReading, NotesRequest } from "./disk/noteTable.ts";
import { reasonOf } from "./errors.ts";
import type { Answer, NoteRequest } from "./protocol.ts";

/** Notes on disk. All reject in words for people while the disk fails, hangs or is not open. */
export type NoteBook = {
  readonly read: (asked: NotesRequest) => Promise<NotesReading>;
  /** Resolves once the note is on disk. */
  readonly add: (record: NoteRecord) => Promise<NoteOutcome>;
  readonly withdraw: (
    cluster: string,
    id: Note["id"],
    by: string,
    at: EpochMs,
  ) => Promise<NoteOutcome>;
};

const answerWithinMs = 3_000;

/**
 * The notes of a history.
 *
 * @param onUnreadable told of damaged notes of a cluster, whenever more of them are found
 */
export function openNoteBook(
  ask: (request: NoteRequest) => Promise<Answer>,
  clock: Pick<Clock, "after">,
  onUnreadable: (cluster: string, count: number) => void,
): NoteBook {
  const unreadable = new Map<string, number>();
  const inTime = async (request: NoteRequest): Promise<Answer> => {
    const answer = ask(request);
    try {
      if (await settledWithin(clock, answer, answerWithinMs)) {
        return await answer;
      }
    } catch (error) {
      throw new Error(reasonOf(error), { cause: error });
    }
    throw new Error("the disk does not answer");
  };
  const write = async (request: NoteRequest): Promise<NoteOutcome> => {
    const answer = await inTime(request);
    return answer.kind === "note" ? answer.outcome : { kind: "unknown" };
  };
  return {
    read: async (asked) => {
      const answer = await inTime({ kind: "notes", asked });
      const reading = answer.kind === "notes" ? answer.reading : { notes: [], unreadable: 0 };
      if (reading.unreadable > (unreadable.get(asked.cluster) ?? 0)) {
        unreadable.set(asked.cluster, reading.unreadable);
        onUnreadable(asked.cluster, reading.unreadable);
      }
      return reading;
    },
    add: (record) => write({ kind: "add-note", record }),
    withdraw: (cluster, id, by, at) => write({ kind: "withdraw-note", cluster, id, by, at }),
  };
}
