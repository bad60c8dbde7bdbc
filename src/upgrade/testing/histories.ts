import fc from "fast-check";
import type { Span } from "../span.ts";
import { fold, polls, start } from "./story.ts";

/** Histories of a few chapters: in each the polls go on where the last one ended. */
export const histories: fc.Arbitrary<readonly Span[]> = fc
  .array(polls, { minLength: 1, maxLength: 4 })
  .map((chapters) => {
    let shift = 0;
    return chapters.reduce<ReturnType<typeof fold>>((spans, chapter) => {
      const moved = chapter.map((poll) => ({
        ...poll,
        startedAt: poll.startedAt + shift,
        at: poll.at + shift,
      }));
      shift = Math.max(shift, (moved.at(-1)?.at ?? start) - start);
      return fold(spans, moved);
    }, []);
  });
