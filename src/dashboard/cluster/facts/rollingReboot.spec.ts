import { describe, expect, it } from "vitest";
import { minute, rollingSettings, second, start, Story } from "../../../upgrade/testing/story.ts";
import { rebootOfSix } from "../../shell/summary.fixture.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { rollingRebootOf } from "./rollingReboot.ts";

const story = new Story();
story.settings = rollingSettings;
story.heard("rebooting");

const shown = (changes: Partial<typeof rebootOfSix>) =>
  rollingRebootOf(statusOf(story, { reboot: { ...rebootOfSix, since: start, ...changes } }));
const rows = (changes: Partial<typeof rebootOfSix>, now = start + 4 * minute) =>
  shown(changes)?.rows.map(({ label, value }) => `${label} ${value(now)}`);

describe("a rolling reboot on the page", () => {
  it("is not there while none goes on", () => {
    expect(rollingRebootOf(statusOf(story))).toBeNull();
  });

  it("lists the present node first, then those that are back with what each took", () => {
    const steps = [
      { nodes: 1, ms: 7 * minute },
      { nodes: 1, ms: 9 * minute + 2 * second },
    ];
    expect(rows({ steps, sinceExact: true })).toEqual([
      "Node 3 04:00",
      "Node 2 09:02",
      "Node 1 07:00",
    ]);
    const { summary, cells, median } = shown({ steps, medianMs: 8 * minute }) ?? {};
    expect(summary).toBe("2 of 6 nodes are back");
    expect(cells).toEqual(["back", "back", "present", "ahead", "ahead", "ahead"]);
    expect(median).toBe("8 min a node, median of 2");
  });

  it("marks what is a lower bound, and claims no time of what was not heard", () => {
    expect(rows({ steps: [{ nodes: 2, ms: null }] })).toEqual([
      "Node 3 ≥ 04:00",
      "Nodes 1–2 not heard",
    ]);
    expect(shown({})?.median).toBeNull();
  });

  it("says where it is paused", () => {
    expect(rows({ state: "REBOOT_PAUSED" })?.[0]).toBe("Node 3 · paused ≥ 04:00");
  });

  it("has no present node once all are back, and draws no more nodes than can be seen", () => {
    expect(rows({ rebooted: 6, steps: [{ nodes: 6, ms: null }] })).toEqual(["Nodes 1–6 not heard"]);
    expect(shown({ total: 25 })?.cells).toEqual([]);
  });

  it("lists the newest of many, and says how many came before", () => {
    const steps = Array.from({ length: 9 }, () => ({ nodes: 1, ms: minute }));
    const many = shown({ total: 12, rebooted: 9, steps });
    expect(many?.rows.map(({ label }) => label).slice(0, 2)).toEqual(["Node 10", "Node 9"]);
    expect(many?.rows).toHaveLength(7);
    expect(many?.earlier).toBe(3);
  });
});
