/** Ticks where the clocks change: on round local times on both sides, and none of them missing. */
import { describe, expect, it } from "vitest";
import { hourAndMinute } from "../../ui/format.ts";
import { ticksOn } from "./axis.ts";
import { tickLabel } from "../chart/tickLabel.ts";

const hourMs = 3_600_000;
const labels = (from: string, hours: number, zone: string, most: number): readonly string[] => {
  const start = Date.parse(from);
  const { ticks } = ticksOn({ from: start, to: start + hours * hourMs }, zone, most);
  expect(ticks).toEqual([...ticks].sort((one, other) => one - other));
  return ticks.map((tick) => hourAndMinute(tick, zone));
};

describe("the ticks of a day on which the clocks change", () => {
  it.each([
    ["Europe/London", "2026-10-24T22:00:00Z"],
    ["Europe/London", "2026-03-28T22:00:00Z"],
    ["America/New_York", "2026-11-01T02:00:00Z"],
    ["America/New_York", "2026-03-08T02:00:00Z"],
    ["Australia/Lord_Howe", "2026-04-04T10:00:00Z"],
    ["Australia/Lord_Howe", "2026-10-03T10:00:00Z"],
  ])("are on every third hour in %s from %s", (zone, from) => {
    const all = labels(from, 24, zone, 9);
    expect(all.length).toBeGreaterThanOrEqual(7);
    expect(all.filter((label) => !/^(00|03|06|09|12|15|18|21):00$/.test(label))).toEqual([]);
    expect(all).toContain("00:00");
  });

  it("come twice in an hour that comes twice", () => {
    expect(labels("2026-10-25T00:00:00Z", 3, "Europe/London", 4)).toEqual([
      "01:00",
      "01:00",
      "02:00",
      "03:00",
    ]);
  });

  it("leave out an hour that does not exist", () => {
    expect(labels("2026-03-29T00:00:00Z", 3, "Europe/London", 4)).toEqual([
      "00:00",
      "02:00",
      "03:00",
      "04:00",
    ]);
  });

  it("are round where the clocks move by half an hour", () => {
    const all = labels("2026-04-04T14:00:00Z", 2, "Australia/Lord_Howe", 5);
    expect(all).toEqual(["01:00", "01:30", "01:30", "02:00", "02:30"]);
  });
});

it("a midnight is told by its day, at the turn of a year and on a leap day", () => {
  expect(tickLabel(Date.parse("2026-12-31T11:00:00Z"), hourMs, "Pacific/Apia")).toBe("1 Jan");
  expect(tickLabel(Date.parse("2028-02-29T00:00:00Z"), hourMs, "UTC")).toBe("29 Feb");
});
