import { describe, expect, it } from "vitest";
import type { ClusterStatus } from "../../../contract/api.ts";
import { minute, rollingSettings, second, Story } from "../../../upgrade/testing/story.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { figuresOf } from "./figures.ts";

const story = new Story().heard("idle").heard("preparing", 20 * minute, [0, 62.9]);
const { now } = story;

function told(changes: Partial<ClusterStatus>, live = true, at = now): readonly string[] {
  return figuresOf(statusOf(story, changes), live, "UTC").map(
    ({ value, label }) => `${value(at)} ${label(at)}`,
  );
}

describe("figures", () => {
  it("floor the percent, and count the time in the state", () => {
    expect(told({ stateSince: now - 20 * minute })).toEqual([
      "62 % of preparation",
      "20:00 in this state · since 12:00:01",
    ]);
  });

  it("say at least for how long where the change was not seen", () => {
    expect(told({ stateSince: now - 90 * second, stateSinceExact: false })[1]).toBe(
      "≥ 01:30 in this state · since 12:18:31 or earlier",
    );
  });

  it("count a forecast down as a range, to its end", () => {
    const eta = {
      earliest: now + 12 * minute,
      likely: now + 14 * minute,
      latest: now + 19 * minute,
      basis: "the pace of this run",
      runs: 0,
    };
    expect(told({ eta })[1]).toBe("≈ 14 min to the commit · likely 12–19 min");
    expect(told({ eta }, true, now + 13 * minute)[1]).toBe(
      "≈ 1 min to the commit · by 12:39 at the latest",
    );
    expect(told({ eta }, true, now + 15 * minute)[1]).toMatch(/^any moment to the commit/);
  });

  it("print one figure where the range collapses, and name the end that a person is awaited at", () => {
    const eta = {
      earliest: now + minute,
      likely: now + minute,
      latest: now + minute,
      basis: "",
      runs: 0,
    };
    const manual = new Story();
    manual.settings = { ...rollingSettings, auto_commit: false };
    const { status } = statusOf(manual.heard("preparing", minute, [0, 50]));
    expect(told({ eta })[1]).toBe("≈ 1 min to the commit");
    expect(told({ eta, status })[1]).toBe("≈ 1 min to prepared");
  });

  it("count down to the end of the whole once the preparation is over", () => {
    const [earliest, likely, latest] = [now + minute, now + 3 * minute, now + 5 * minute];
    const etaWhole = { earliest, likely, latest, basis: "3 earlier upgrades", runs: 3 };
    const state = "UPGRADE_STATE_COMMITTING";
    expect(told({ state, etaWhole })[0]).toBe("≈ 3 min to the end · likely 1–5 min");
  });

  it("drain when the picture is not live: what it was, and its age in place of the rest", () => {
    const eta = { earliest: now, likely: now, latest: now, basis: "", runs: 0 };
    expect(told({ observedAt: now - 252 * second, eta }, false)).toEqual([
      "was 62 % of preparation, when last heard",
      "04:12 since the last answer · 12:15:49",
    ]);
  });

  it("tell of the change window while something is in flight", () => {
    expect(told({ windowEnd: now + 70 * minute })[1]).toBe(
      "1 h 10 min left in the change window · until 13:30",
    );
    expect(told({ windowEnd: now - 5 * minute })[1]).toMatch(/^5 min past the change window/);
  });

  it("show no bar-like percent outside preparing", () => {
    expect(told({ state: "UPGRADE_STATE_COMMITTING", progress: 62 }).join()).not.toContain("%");
  });
});
