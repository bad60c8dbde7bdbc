import { describe, expect, it } from "vitest";
import { unknownWords, wallParameters } from "./parameters.ts";

describe("a wall's address", () => {
  it("says nothing by default", () => {
    expect(wallParameters("")).toEqual({ clusters: null, rotateMs: 20_000, title: "" });
  });

  it("names clusters, pace and title", () => {
    expect(wallParameters("?clusters=a,%20b,,&rotate=45s&title=Storage%20upgrades")).toEqual({
      clusters: ["a", "b"],
      rotateMs: 45_000,
      title: "Storage upgrades",
    });
  });

  it.each([
    ["90", 90_000],
    ["2m", 120_000],
    ["1.5min", 90_000],
    ["10ms", 3000],
    ["9999m", 3_600_000],
    ["-5s", 20_000],
    ["soon", 20_000],
    ["NaN", 20_000],
  ])("turns pages %j every %d ms", (rotate, rotateMs) => {
    expect(wallParameters(`?rotate=${rotate}`).rotateMs).toBe(rotateMs);
  });
});

it("names the ids that no cluster has, once it is known which there are", () => {
  const clusters = [{ id: "lon" }, { id: "par" }];
  expect(unknownWords(["lon", "nope", "x"], clusters)).toBe("not configured: nope, x");
  expect(unknownWords(["lon"], clusters)).toBe("");
  expect(unknownWords(null, clusters)).toBe("");
  expect(unknownWords(["nope"], undefined)).toBe("");
  expect(unknownWords(["n".repeat(300)], clusters)).toHaveLength(57);
});
