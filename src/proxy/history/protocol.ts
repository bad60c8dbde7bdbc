/** What the history's own thread is asked, and what it says. */
import type { EpochMs } from "../../upgrade/status.ts";
import type { NoteRecord } from "./disk/noteRow.ts";
import type { NoteOutcome, NotesReading, NotesRequest } from "./disk/noteTable.ts";
import type { PruneLimits, PrunePlace, Pruning } from "./disk/pruning.ts";
import type { SpanRecord } from "./disk/row.ts";
import type { Salvage } from "./disk/salvage.ts";
import type { Newest } from "./disk/store.ts";

export type Request =
  | { readonly kind: "write"; readonly records: readonly SpanRecord[] }
  | {
      readonly kind: "read";
      readonly cluster: string;
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly limit: number;
    }
  | {
      readonly kind: "page";
      readonly cluster: string;
      /** Only records in earlier places. */
      readonly before: number;
      readonly limit: number;
    }
  | PruneRequest
  | NoteRequest
  | { readonly kind: "close" };

/** What is asked about notes: see `disk/noteTable.ts`. */
export type NoteRequest =
  | { readonly kind: "notes"; readonly asked: NotesRequest }
  | { readonly kind: "add-note"; readonly record: NoteRecord }
  | {
      readonly kind: "withdraw-note";
      readonly cluster: string;
      readonly id: string;
      readonly by: string;
      readonly at: EpochMs;
    };

/** One round of pruning: see `Store.prune`. */
export type PruneRequest = {
  readonly kind: "prune";
  readonly limits: PruneLimits;
  readonly place: PrunePlace;
};

export type Answer =
  | { readonly kind: "done" }
  | {
      readonly kind: "read";
      readonly records: readonly SpanRecord[];
      readonly unreadable: number;
    }
  | { readonly kind: "notes"; readonly reading: NotesReading }
  | { readonly kind: "note"; readonly outcome: NoteOutcome }
  | ({ readonly kind: "pruned" } & Pruning)
  | { readonly kind: "failed"; readonly message: string };

/** A request with the number that its answer will carry. */
export type Numbered<Content> = { readonly id: number; readonly content: Content };

/** What was found when the store was opened. */
export type Opened = {
  /** Each cluster's newest place. */
  readonly newest: ReadonlyMap<string, Newest>;
  readonly salvage: Salvage | null;
};

/** Why a thread ends, or could not open the store. */
export type Ending = {
  readonly kind: "in-use" | "damaged" | "removed" | "failed";
  /** In words for people. */
  readonly reason: string;
};

/** All that the thread sends. */
export type Message =
  | { readonly kind: "opened"; readonly opened: Opened }
  | { readonly kind: "answer"; readonly answer: Numbered<Answer> }
  /** Its last word. */
  | { readonly kind: "ending"; readonly ending: Ending };

/** What the thread is started with. */
export type ThreadOptions = {
  readonly folder: string;
  /** What the thread before found damaged. */
  readonly damage: string | null;
};
