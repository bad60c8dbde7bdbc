import { describe, expect, it } from "vitest";
import { minute, second, start, Story } from "../../upgrade/testing/story.ts";
import { timeline } from "../../upgrade/timeline.ts";
import { readingAt } from "./reading.ts";

const story = new Story()
  .heard("idle", minute)
  .silent(20 * second)
  .heard("preparing", minute, [0, 40])
  .unwatched(minute)
  .heard("preparing", minute, [60, 62.9]);
const end = story.now;
const eta = {
  earliest: end,
  likely: end + minute,
  latest: end + 2 * minute,
  basis: "its pace",
  runs: 0,
};

const ahead = { eta, etaWhole: null, state: "UPGRADE_STATE_PREPARING" };
const unknown = { ...ahead, eta: null };

const { link } = timeline(story.spans);

const title = (at: number, heardAt = end): string =>
  readingAt(story.spans, link, at, heardAt, ahead).title;

describe("under the cursor", () => {
  it("stands what was heard then, floored", () => {
    expect(title(start + second)).toBe("Idle");
    expect(title(end - second)).toBe("Preparing 62 %");
  });

  it("stands why nothing was heard", () => {
    expect(readingAt(story.spans, link, start + minute + second, end, ahead)).toEqual({
      title: "No answer",
      note: "refused",
    });
    expect(title(start + 3 * minute)).toBe("Not observed");
    expect(title(start - second)).toBe("Nothing known");
  });

  it("stands what kind of silence it was", () => {
    const titleOf = ({ spans }: Story, at: number): string =>
      readingAt(spans, timeline(spans).link, at, null, unknown).title;
    const away = new Story().heard("committed").silent(minute);
    expect(titleOf(away, start + 30 * second)).toBe("Away as expected");
    const denied = new Story().heard("idle").silent(minute, { kind: "auth", message: "401" });
    expect(titleOf(denied, start + 30 * second)).toBe("Access denied");
  });

  it("stands what was heard up to the newest answer, and beyond it only what is expected", () => {
    expect(title(end + 5 * second, end + 6 * second)).toBe("Preparing 62 %");
    expect(title(end + minute)).toBe("Expected: Preparing");
    expect(title(end + 3 * minute)).toBe("Expected: Preparing over by then");
    const etaWhole = { ...eta, latest: end + 9 * minute, basis: "3 earlier upgrades" };
    const whole = (at: number) => readingAt(story.spans, link, at, end, { ...ahead, etaWhole });
    expect(whole(end + 3 * minute)).toEqual({
      title: "Expected: still under way",
      note: "Forecast by 3 earlier upgrades",
    });
    expect(whole(end + 9 * minute).title).toBe("Expected: over by then");
    expect(readingAt(story.spans, link, end + minute, end, unknown).title).toBe("Not heard yet");
  });
});
