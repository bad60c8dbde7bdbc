/** Moments at the edges of calendars: what is configured, asked for and stored is a moment in UTC, wherever this runs. */
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { time } from "./api.ts";
import { momentParameter } from "./momentParameter.ts";
import { faultyPaths, firstCluster, read } from "./testing/configuration.ts";

const dayMs = 86_400_000;
afterEach(() => {
  vi.unstubAllEnvs();
});

const zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];

/** A minute before and after each change of the clocks, the turn of a year, a leap day. */
const edges = [
  "2026-03-29T00:59:30.000Z",
  "2026-03-29T01:00:30.000Z",
  "2026-10-25T00:59:30.000Z",
  "2026-10-25T01:00:30.000Z",
  "2026-03-08T06:59:30.000Z",
  "2026-03-08T07:00:30.000Z",
  "2026-11-01T05:59:30.000Z",
  "2026-11-01T06:00:30.000Z",
  "2026-04-04T14:59:30.000Z",
  "2026-04-04T15:00:30.000Z",
  "2026-10-03T15:29:30.000Z",
  "2026-10-03T15:30:30.000Z",
  "2011-12-30T09:59:30.000Z",
  "2011-12-30T10:00:30.000Z",
  "2026-12-31T23:59:59.999Z",
  "2027-01-01T00:00:00.000Z",
  "2028-02-29T12:00:00.000Z",
];

describe.each(zones)("on a host in %s", (zone) => {
  it("is another local time than elsewhere, or these tests prove nothing", () => {
    vi.stubEnv("TZ", zone);
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
  });

  it("a moment goes over the wire and comes back the same, at every edge", () => {
    vi.stubEnv("TZ", zone);
    for (const text of edges) {
      const epochMs = z.decode(time, text);
      expect(z.encode(time, epochMs)).toBe(text);
      expect(momentParameter.parse(text)).toBe(epochMs);
      expect(firstCluster({ window: { end: text } })?.windowEnd).toBe(epochMs);
    }
  });

  it("an hour that comes twice is told apart by its offset", () => {
    vi.stubEnv("TZ", zone);
    const end = (text: string) => firstCluster({ window: { end: text } })?.windowEnd ?? 0;
    expect(end("2026-10-25T01:30:00+00:00") - end("2026-10-25T01:30:00+01:00")).toBe(3_600_000);
    expect(end("2026-04-05T01:45:00+10:30") - end("2026-04-05T01:45:00+11:00")).toBe(1_800_000);
  });
});

it.each([
  ["without an offset, for nobody knows which clock is meant", "2026-10-25T01:30:00"],
  ["that is a day alone", "2026-10-25"],
  ["on a leap day of a year that has none", "2027-02-29T12:00:00Z"],
  ["in a month that has no such day", "2026-04-31T12:00:00Z"],
  ["at an hour that no day has", "2026-10-25T25:00:00Z"],
])("a window's end is refused %s", (_, end) => {
  expect(
    faultyPaths({ clusters: [{ id: "a", nodes: ["https://10.0.0.1:8000"], window: { end } }] }),
  ).toEqual(["clusters[0].window.end"]);
});

it("a leap day can be a window's end", () => {
  const end = "2028-02-29T23:59:59+13:00";
  expect(firstCluster({ window: { end } })?.windowEnd).toBe(Date.parse(end));
});

it.each(zones)("a retention of days is so many times 24 hours, on a host in %s", (zone) => {
  vi.stubEnv("TZ", zone);
  expect(read({ retention: { age: "400d" } }).retention.ageMs).toBe(400 * dayMs);
});

it.each([
  ["Europe/London", true],
  ["Australia/Lord_Howe", true],
  ["Pacific/Apia", true],
  ["Europe/Londres", false],
  ["GMT+25", false],
  ["", false],
])("the zone %j is known: %s", (zone, isKnown) => {
  expect(faultyPaths({ zone })).toEqual(isKnown ? [] : ["zone"]);
});
