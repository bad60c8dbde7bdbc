/** What the history's own thread is asked, and what it says. */
import type { EpochMs } from "../../upgrade/status.ts";
import type { SpanRecord } from "./row.ts";

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
      readonly kind: "prune";
      readonly olderThan: EpochMs;
      readonly maxBytes: number;
      readonly keepFrom: EpochMs;
    }
  | { readonly kind: "close" };

export type Answer =
  | { readonly kind: "done" }
  | {
      readonly kind: "read";
      readonly records: readonly SpanRecord[];
      readonly unreadable: number;
    }
  | { readonly kind: "pruned"; readonly deleted: number; readonly more: boolean }
  | { readonly kind: "failed"; readonly message: string };

/** A request with the number that its answer will carry. */
export type Numbered<Content> = { readonly id: number; readonly content: Content };

/** The thread's first word. */
export type Opening =
  | { readonly kind: "open"; readonly newestSequences: ReadonlyMap<string, number> }
  | { readonly kind: "in-use"; readonly message: string }
  | { readonly kind: "unavailable"; readonly message: string };

/** All that the thread sends. */
export type Message =
  | { readonly kind: "opening"; readonly opening: Opening }
  | { readonly kind: "answer"; readonly answer: Numbered<Answer> };

/** What the thread is started with. */
export type ThreadOptions = { readonly folder: string };
