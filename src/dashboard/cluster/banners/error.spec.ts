import { describe, expect, it } from "vitest";
import { errorLedger } from "../../../upgrade/runs/errors.ts";
import { minute, Story } from "../../../upgrade/testing/story.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { errorReport } from "./error.ts";

function failing(error: string): Story {
  const story = new Story().heard("idle").heard("preparing", minute, [0, 37]);
  story.error = error;
  return story.heard("preparing", minute, [37, 37]);
}

describe("the error banner", () => {
  it("is not there without an error, nor for white space", () => {
    for (const story of [new Story().heard("idle"), failing(" \n")]) {
      const status = statusOf(story, { errorInfo: null });
      expect(errorReport(status, errorLedger(story.spans))).toBeNull();
    }
  });

  it("says what it means here, since when and at which point", () => {
    const story = failing("no space on node 3");
    expect(errorReport(statusOf(story), errorLedger(story.spans))).toEqual({
      sentence:
        "The preparation has hit an error. Nothing is committed; the cluster runs on its old version.",
      point: "Preparing 37 %",
      since: story.now - minute,
      text: "no space on node 3",
      whole: null,
    });
  });

  it("keeps telling the point at which it came up after the state has moved on", () => {
    const story = failing("no space").heard("idle", minute);
    expect(errorReport(statusOf(story), errorLedger(story.spans))?.point).toBe("Preparing 37 %");
  });

  it("holds the rest of a long text ready", () => {
    const long = "x".repeat(5000);
    const story = failing(long);
    const status = statusOf(story, {
      errorInfo: `${long.slice(0, 2000)}… (5,000 characters, cut)`,
    });
    expect(errorReport(status, errorLedger(story.spans))?.whole).toBe(long);
  });

  it("makes visible what would hide or reverse text", () => {
    const story = failing("disk\u202Eelif");
    const report = errorReport(statusOf(story, { errorInfo: null }), errorLedger(story.spans));
    expect(report?.text).toBe("disk‹U+202E›elif");
  });

  it("reports an error that only the reboot endpoint knows", () => {
    const story = new Story().heard("rebooting", minute);
    const detail = "The rolling reboot reports an error: node 3 did not come back";
    const status = statusOf(story, { verdict: "failed", detail });
    expect(errorReport(status, [])).toMatchObject({ text: detail });
  });
});
