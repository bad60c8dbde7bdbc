/** Moments as people read them where clocks change: nothing may be read as another moment than it is. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minuteMoment, moment, offsetLabel } from "./format.ts";

const at = (text: string): number => Date.parse(text);

describe("a moment near a change of the clocks", () => {
  it.each([
    // The clocks go back, and an hour comes twice.
    ["Europe/London", "2026-10-25T00:30:00Z", "2026-10-25T00:45:00Z", "01:30:00"],
    ["Europe/London", "2026-10-25T00:30:00Z", "2026-10-25T01:45:00Z", "01:30:00 UTC+1"],
    ["Europe/London", "2026-10-25T01:30:00Z", "2026-10-25T01:45:00Z", "01:30:00"],
    ["America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "01:30:00 UTC−4"],
    ["Australia/Lord_Howe", "2026-04-04T14:45:00Z", "2026-04-04T15:05:00Z", "01:45:00 UTC+11"],
    // They go forward, and one is missing.
    ["Europe/London", "2026-03-29T00:59:59Z", "2026-03-29T01:00:01Z", "00:59:59 UTC"],
    ["America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T07:00:01Z", "01:59:59 UTC−5"],
    ["Australia/Lord_Howe", "2026-10-03T15:29:59Z", "2026-10-03T15:30:01Z", "01:59:59 UTC+10:30"],
    // A whole day was skipped.
    ["Pacific/Apia", "2011-12-30T09:59:00Z", "2011-12-30T10:01:00Z", "29 Dec, 23:59:00 UTC−10"],
  ])("in %s: %s, seen at %s, reads %s", (zone, moment1, now, words) => {
    expect(moment(at(moment1), at(now), zone)).toBe(words);
  });

  it("of a change window is told with its day and offset", () => {
    const end = at("2026-10-25T01:30:00Z");
    expect(minuteMoment(end, at("2026-10-25T00:15:00Z"), "Europe/London")).toBe("01:30 UTC");
    expect(minuteMoment(end, at("2026-10-24T12:00:00Z"), "Europe/London")).toBe(
      "25 Oct, 01:30 UTC",
    );
  });
});

describe("a moment near the turn of a year", () => {
  it.each([
    ["UTC", "2026-12-31T23:59:59Z", "2027-01-01T00:00:01Z", "31 Dec 2026, 23:59:59"],
    ["Pacific/Apia", "2026-12-31T10:59:59Z", "2026-12-31T11:00:01Z", "31 Dec 2026, 23:59:59"],
    ["Pacific/Apia", "2026-12-31T11:00:01Z", "2026-12-31T23:00:00Z", "00:00:01"],
    // The same day a year ago is not today.
    ["UTC", "2025-11-23T12:00:00Z", "2026-11-23T13:00:00Z", "23 Nov 2025, 12:00:00"],
    ["UTC", "2028-02-29T12:00:00Z", "2028-03-01T12:00:00Z", "29 Feb, 12:00:00"],
  ])("in %s: %s, seen at %s, reads %s", (zone, moment1, now, words) => {
    expect(moment(at(moment1), at(now), zone)).toBe(words);
  });
});

it("two moments of different minutes never read the same, wherever and whenever", () => {
  const zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"];
  const from = at("2026-01-01T00:00:00Z");
  const minutes = fc.integer({ min: 0, max: 2 * 366 * 24 * 60 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      minutes,
      fc.oneof(fc.constantFrom(30, 60, 1440), fc.integer({ min: 1, max: 366 * 24 * 60 })),
      minutes,
      (zone, one, later, seenAt) => {
        const [first, second, now] = [one, one + later, seenAt].map((each) => from + each * 60_000);
        const read = (epochMs = 0): string => minuteMoment(epochMs, now ?? 0, zone);
        expect(read(first)).not.toBe(read(second));
      },
    ),
    { numRuns: 1000 },
  );
});

it.each([
  ["Australia/Lord_Howe", "2026-01-01T00:00:00Z", "UTC+11"],
  ["Australia/Lord_Howe", "2026-07-01T00:00:00Z", "UTC+10:30"],
  ["Pacific/Apia", "2026-07-01T00:00:00Z", "UTC+13"],
])("the offset of %s at %s is %s", (zone, moment1, words) => {
  expect(offsetLabel(at(moment1), zone)).toBe(words);
});
