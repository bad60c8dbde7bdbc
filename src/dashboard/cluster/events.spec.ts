import { describe, expect, it } from "vitest";
import { minute, rollingSettings, second, Story } from "../../upgrade/testing/story.ts";
import { eventsOf } from "./events.ts";

/** Titles and notes, the newest first. */
function told(story: Story): readonly string[] {
  return eventsOf(story.spans, 1).map(({ title, note, durationMs }) =>
    [title, durationMs === null ? "" : `${durationMs / second} s`, note]
      .filter((part) => part !== "")
      .join(" | "),
  );
}

describe("events", () => {
  it("tell of changes of the state, the newest first", () => {
    const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 40]);
    expect(told(story)).toEqual(["Idle → Preparing", "First heard: Idle | runs 7.1.4"]);
  });

  it("tell of an outage and its end, with the reason and how long it was", () => {
    const story = new Story()
      .heard("idle", minute)
      .silent(22 * second, { kind: "timeout", message: "no answer within 5 s" })
      .heard("idle");
    expect(told(story).slice(0, 2)).toEqual([
      "Answering again | 22 s",
      "Unreachable | no answer within 5 s",
    ]);
  });

  it("call an absence expected where it is, but never one for want of trust", () => {
    const committed = (): Story => new Story().heard("idle").heard("committed");
    expect(told(committed().silent(minute))[0]).toBe("Away as expected | refused");
    const impostor = { kind: "tls", message: "not the pinned certificate", trust: true } as const;
    expect(told(committed().silent(minute, impostor))[0]).toMatch(/^Not trusted/);
    const denied = { kind: "auth", message: "the token is not accepted" } as const;
    expect(told(committed().silent(minute, denied))[0]).toMatch(/^Away as expected/);
    expect(told(new Story().heard("idle").silent(minute, denied))[0]).toMatch(/^Access denied/);
  });

  it("say which states were not seen, and prove the upgrade by its version", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 97]);
    story.version = "7.2.3";
    expect(told(story.heard("idle")).slice(0, 2)).toEqual([
      "Runs 7.2.3 | was 7.1.4",
      "Preparing → Idle | Committing and Committed not seen",
    ]);
  });

  it("report an error once, however many polls hear it, and its end", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 37]);
    story.error = "no space on node 3\nsecond line";
    story.heard("preparing", minute, [37, 39]);
    story.error = null;
    story.heard("idle", minute);
    expect(told(story).slice(0, 3)).toEqual([
      "Error no longer reported",
      "Preparing → Idle",
      "Error reported | no space on node 3",
    ]);
  });

  it("mark a percent that falls and a target that changes", () => {
    const story = new Story()
      .heard("preparing", minute, [0, 80])
      .heard("preparing", minute, [60, 70]);
    expect(told(story)[0]).toBe("Progress fell | 80 % → 60 %");
    story.settings = { ...rollingSettings, target_version: "7.2.4" };
    expect(told(story.heard("preparing", second, [70, 70]))[0]).toBe(
      "Target changed | 7.2.3 → 7.2.4",
    );
  });

  it("say what was not observed", () => {
    const story = new Story()
      .heard("idle", minute)
      .unwatched(10 * minute)
      .heard("idle");
    expect(told(story)[0]).toMatch(/^Not observed \| 601 s/);
  });
});
