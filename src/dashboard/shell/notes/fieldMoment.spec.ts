import { describe, expect, it } from "vitest";
import { zonedTime } from "../../../upgrade/zonedTime.ts";
import { fieldMoment } from "./fieldMoment.ts";

const london = "Europe/London";

describe("a moment in a date field", () => {
  it.each([
    [Date.UTC(2026, 0, 15, 12, 0, 5), london, "2026-01-15T12:00:05"],
    [Date.UTC(2026, 6, 15, 23, 30, 0), london, "2026-07-16T00:30:00"],
    [Date.UTC(2026, 6, 15, 23, 30, 0), "Asia/Kathmandu", "2026-07-16T05:15:00"],
    [Date.UTC(2026, 6, 15, 23, 30, 0), "UTC", "2026-07-15T23:30:00"],
  ])("%d in %s is %s, and back", (at, zone, text) => {
    expect(zonedTime(at, zone)).toBe(text);
    expect(fieldMoment(text, zone)).toBe(at);
  });

  it("is the earlier one where a clock shows it twice, and moved on where it is left out", () => {
    expect(fieldMoment("2026-10-25T01:30:00", london)).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(fieldMoment("2026-10-25T02:30:00", london)).toBe(Date.UTC(2026, 9, 25, 2, 30));
    expect(fieldMoment("2026-03-29T01:30:00", london)).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(fieldMoment("2026-03-29T02:30:00", london)).toBe(Date.UTC(2026, 2, 29, 1, 30));
  });

  it("is none where the field holds none, and may lack its seconds", () => {
    expect([fieldMoment("", london), fieldMoment("soon", london)]).toEqual([null, null]);
    expect(fieldMoment("2026-01-15T12:00", london)).toBe(Date.UTC(2026, 0, 15, 12));
  });
});
