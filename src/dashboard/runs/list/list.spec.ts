import { describe, expect, it } from "vitest";
import { hour, minute, second, start, Story } from "../../../upgrade/testing/story.ts";
import { runsOf } from "../testing.ts";
import { daysOf } from "./days.ts";
import { isNarrowed, momentsOf, runsParameters, withRunsParameters } from "./parameters.ts";
import { remarksOf } from "./remarks.ts";

const none = runsParameters(new URLSearchParams());

describe("the address of a list of upgrades", () => {
  it("says what is shown, and comes back as it was read", () => {
    const text = "q=london+7.2&outcome=unproven&from=2026-11-01&to=2026-11-30";
    const read = runsParameters(new URLSearchParams(text));
    expect(read).toEqual({
      search: "london 7.2",
      outcome: "unproven",
      fromDay: "2026-11-01",
      toDay: "2026-11-30",
    });
    expect(withRunsParameters(new URLSearchParams("zone=utc"), read).toString()).toBe(
      `zone=utc&${text}`,
    );
    expect([isNarrowed(read), isNarrowed(none)]).toEqual([true, false]);
  });

  it("ignores what is malformed", () => {
    const mangled = new URLSearchParams("outcome=good&from=yesterday&to=2026-13-01");
    expect(runsParameters(mangled)).toEqual(none);
  });

  it("means whole days of the zone, and a range that ends before it begins is none", () => {
    const days = { fromDay: "2026-11-23", toDay: "2026-11-24" };
    expect(momentsOf(days, "Asia/Tokyo")).toEqual({
      from: Date.parse("2026-11-22T15:00:00Z"),
      to: Date.parse("2026-11-24T14:59:59.999Z"),
    });
    expect(momentsOf({ fromDay: "2026-11-24", toDay: "2026-11-23" }, "UTC").to).toBeNull();
  });
});

describe("the days of a list", () => {
  it("are those of the zone, newest first", () => {
    const story = new Story().heard("idle");
    for (const target of ["7.2.3", "7.2.4"]) {
      story.settings = { ...(story.settings ?? unset), target_version: target };
      story.heard("preparing", minute, [0, 100]).heard("idle", 3 * hour);
    }
    const runs = runsOf(story).toReversed();
    const days = (zone: string) => daysOf(runs, zone).map(({ name, runs }) => [name, runs.length]);
    expect(days("UTC")).toEqual([["Monday, 23 November 2026", 2]]);
    // 12:00 and 15:01 UTC lie on both sides of its midnight.
    expect(days("Asia/Vladivostok")).toEqual([
      ["Tuesday, 24 November 2026", 1],
      ["Monday, 23 November 2026", 1],
    ]);
  });
});

const manual = { auto_commit: false, target_version: "7.2.3", upgrade_type: "SOFTWARE_ONLY" };
const unset = {
  install_path: null,
  target_version: null,
  upgrade_type: null,
  auto_commit: null,
  do_rolling_reboot: null,
  num_nodes_to_reboot: null,
};

describe("the remarks on an upgrade", () => {
  it("tell the gravest first, and who was waited for", () => {
    const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 100]);
    story.settings = { ...unset, ...manual };
    story.error = "no space";
    story.heard("prepared", 10 * minute);
    story.error = null;
    story
      .silent(20 * minute)
      .heard("prepared", 5 * minute)
      .heard("committing", minute);
    story.version = "7.2.3";
    const [run] = runsOf(story.heard("idle"));
    const remarks = run === undefined ? [] : remarksOf(run);
    expect(remarks.map(({ words, tone }) => [words, tone])).toEqual([
      ["1 error", "act"],
      ["no answer for 15 min", "act"],
      ["waited 35 min for someone to commit", null],
      ["away as expected for 5 min", null],
      ["54 % of its time inferred", null],
    ]);
  });

  it("tell waits for the same together", () => {
    const story = new Story().heard("idle", minute);
    story.settings = { ...unset, ...manual };
    for (let time = 0; time < 3; time += 1) {
      story.heard("preparing", minute, [0, 100]).heard("prepared", 2 * minute);
    }
    const [run] = runsOf(story);
    expect(run === undefined ? [] : remarksOf(run).map(({ words }) => words)).toContain(
      "waits 5 min 59 s for someone to commit, 3 times in all",
    );
  });

  it("are none where there is nothing to say", () => {
    const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 100]);
    story.heard("committing", second);
    story.version = "7.2.3";
    const [run] = runsOf(story.heard("idle"));
    expect(run === undefined ? null : remarksOf(run)).toEqual([]);
    expect(run?.from).toBe(start + minute);
  });
});
