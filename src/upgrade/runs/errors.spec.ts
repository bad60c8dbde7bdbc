import { describe, expect, it } from "vitest";
import { errorLedger } from "./errors.ts";
import { second, start, Story } from "../testing/story.ts";

describe("the error ledger", () => {
  it("keeps each error with its first and last moment after the cluster has cleared it", () => {
    const story = new Story().heard("preparing", second, [37, 37]);
    story.error = "no space";
    story.heard("preparing", 10 * second, [37, 37]);
    story.error = "";
    story.heard("idle");
    expect(errorLedger(story.spans)).toEqual([
      {
        text: "no space",
        firstSeen: start + second,
        lastSeen: start + 10 * second,
        state: "UPGRADE_STATE_PREPARING",
        progress: 37,
        holds: false,
      },
    ]);
  });

  it("is one entry for one text, however often it comes back", () => {
    const story = new Story();
    for (const error of ["one", "two", "one"]) {
      story.error = error;
      story.heard("idle");
    }
    expect(errorLedger(story.spans).map(({ text, holds }) => [text, holds])).toEqual([
      ["one", true],
      ["two", false],
    ]);
  });
});
