import { describe, expect, it } from "vitest";
import {
  ageWords,
  clockDuration,
  hourAndMinute,
  moment,
  offsetLabel,
  roughDuration,
  timeOfDay,
} from "./format.ts";

const noon = Date.UTC(2026, 10, 23, 12);

describe("durations", () => {
  it.each([
    [-1, "00:00"],
    [42_900, "00:42"],
    [1_360_000, "22:40"],
    [3_909_000, "1:05:09"],
    [(2 * 24 + 3) * 3_600_000, "2 d 03 h"],
  ])("count %d ms as %s", (durationMs, text) => {
    expect(clockDuration(durationMs)).toBe(text);
  });

  it.each([
    [0, "≈ 5 s"],
    [41_000, "≈ 40 s"],
    [59_000, "≈ 1 min"],
    [14 * 60_000, "≈ 14 min"],
    [81 * 60_000, "≈ 1 h 20 min"],
    [60 * 60_000, "≈ 1 h"],
    [49 * 3_600_000, "≈ 2 d"],
  ])("estimate %d ms as %s", (durationMs, text) => {
    expect(roughDuration(durationMs)).toBe(text);
  });

  it.each([
    [499, "0.4 s"],
    [12_900, "12 s"],
    [190_000, "3 min"],
    [7_200_000, "2 h"],
    [500_000_000, "5 d"],
  ])("age %d ms as %s", (ageMs, text) => {
    expect(ageWords(ageMs)).toBe(text);
  });
});

describe("moments", () => {
  it("are told in the zone that is asked for", () => {
    expect(timeOfDay(noon, "Europe/Paris")).toBe("13:00:00");
    expect(hourAndMinute(noon, "UTC")).toBe("12:00");
    expect(timeOfDay(Date.UTC(2026, 10, 23, 0, 0, 1), "UTC")).toBe("00:00:01");
  });

  it("carry their date when it is another day", () => {
    expect(moment(noon, noon, "UTC")).toBe("12:00:00");
    expect(moment(noon - 86_400_000, noon, "UTC")).toBe("22 Nov, 12:00:00");
  });

  it("name the offset that holds then, daylight saving included", () => {
    expect(offsetLabel(noon, "UTC")).toBe("UTC");
    expect(offsetLabel(noon, "Asia/Kolkata")).toBe("UTC+5:30");
    expect(offsetLabel(noon, "America/Los_Angeles")).toBe("UTC−8");
    expect(offsetLabel(Date.UTC(2026, 6, 1), "Europe/London")).toBe("UTC+1");
  });
});
