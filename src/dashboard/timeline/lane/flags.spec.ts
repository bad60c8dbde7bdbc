import { describe, expect, it } from "vitest";
import { minute, second, start, Story } from "../../../upgrade/testing/story.ts";
import { timeline } from "../../../upgrade/timeline.ts";
import { flagRows, flagsOf } from "./flags.ts";
import { stateBands } from "./lane.ts";

const axis = { from: start, to: start + 60 * minute };

function flags(story: Story, width = 900) {
  return flagsOf(stateBands(timeline(story.spans).states, axis), width);
}

describe("flags", () => {
  it("stand over what is too short for its own word, and nowhere else", () => {
    const story = new Story()
      .heard("idle", 5 * minute)
      .heard("preparing", 20 * minute, [0, 100])
      .heard("committing", 20 * second)
      .heard("rebooting", 10 * minute);
    expect(flags(story).map(({ text }) => text)).toEqual(["Committing 20 s", "Committed ≤ 1 s"]);
  });

  it("never lie over each other, nor outside the picture", () => {
    const story = new Story();
    for (let turn = 0; turn < 20; turn += 1) {
      story.heard("preparing", 3 * second, [0, 5]).heard("committing", 2 * second);
    }
    const found = flags(story, 400);
    expect(found.length).toBeGreaterThan(0);
    for (const { place, row, side } of found) {
      expect(row).toBeLessThan(flagRows);
      expect(side === "right" || place > 0.2).toBe(true);
    }
    const placed = found.map(({ place, row }) => `${row} ${place}`);
    expect(new Set(placed).size).toBe(placed.length);
  });

  it("turn to the left at the right edge", () => {
    const story = new Story().heard("idle", 58 * minute).heard("committing", 2 * second);
    story.heard("rebooting", minute);
    expect(flags(story).map(({ side }) => side)).toContain("left");
  });
});
