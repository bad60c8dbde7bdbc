import { describe, expect, it } from "vitest";
import { minute, second, Story } from "../../../upgrade/testing/story.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { connectionHeadline, connectionOf, pictureAge } from "./connection.ts";

describe("the connection banner", () => {
  it("is not there while the cluster answers", () => {
    const story = new Story().heard("idle", minute);
    expect(connectionOf(statusOf(story), story.spans)).toBeNull();
  });

  it("says of an expected absence what is typical and where the limit is", () => {
    const story = new Story()
      .heard("idle")
      .heard("committed", 3 * second)
      .silent(25 * second);
    const status = statusOf(story, { link: "away", linkSince: story.now - 25 * second });
    const connection = connectionOf(status, story.spans);
    expect(connection).toMatchObject({
      kind: "away",
      judgement: "Expected here: up to 30 s is typical, 5 min is the limit (software only).",
      reason: "refused",
    });
    expect(connection && connectionHeadline(connection, story.now)).toBe(
      "Away as expected for 00:25",
    );
    expect(connection && pictureAge(connection, story.now, "UTC")).toBe(
      "Last heard Committed at 12:00:03, 26 s ago.",
    );
  });

  it("says late as soon as the verdict does", () => {
    const story = new Story().heard("idle").heard("committed").silent(minute);
    const status = statusOf(story, { link: "away", verdict: "late" });
    expect(connectionOf(status, story.spans)).toMatchObject({
      kind: "late",
      title: "Late to return",
    });
  });

  it("tells an outage from its start, and that it is not expected", () => {
    const story = new Story().heard("idle", minute).silent(minute);
    const status = statusOf(story, { link: "outage", verdict: "outage", headline: "No answer" });
    expect(connectionOf(status, story.spans)).toMatchObject({
      kind: "outage",
      title: "No answer",
      since: story.now - minute,
      judgement: "Not expected at this point.",
    });
  });

  it("keeps the start of a silence that turned from expected to not", () => {
    const story = new Story()
      .heard("idle")
      .heard("committed")
      .silent(6 * minute);
    const limitPassed = story.now - minute;
    const status = statusOf(story, { link: "outage", verdict: "outage", linkSince: limitPassed });
    expect(connectionOf(status, story.spans)?.since).toBe(story.now - 6 * minute);
  });

  it("mentions a single missed poll without calling it an outage", () => {
    const story = new Story().heard("idle", minute).silent(second);
    expect(connectionOf(statusOf(story), story.spans)?.kind).toBe("faltering");
    const answered = statusOf(story, { observedAt: story.now });
    expect(connectionOf(answered, story.spans)).toBeNull();
  });

  it("claims no picture where nothing was ever heard", () => {
    const status = statusOf(new Story(), { link: "unseen" });
    const connection = connectionOf(status, []);
    expect(connection && pictureAge(connection, status.now, "UTC")).toBe(
      "There is no picture yet.",
    );
  });
});
