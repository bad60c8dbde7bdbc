import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseVersion, sameVersion, versionText } from "./version.ts";

describe("a version", () => {
  it.each([
    ["7.1.4", [7, 1, 4]],
    ["7.9.0.2", [7, 9, 0, 2]],
    ["Qumulo Core 7.9.0.2", [7, 9, 0, 2]],
    [" Qumulo Core 7.10.0\n", [7, 10, 0]],
    ["7.1", null],
    ["7.1.4.5.6", null],
    ["7.1.x", null],
    ["qumulo core 7.1.4", null],
    ["v7.1.4", null],
    ["7.9.0-rc1", null],
    ["", null],
  ])("written %j is %j", (text, numbers) => {
    expect(parseVersion(text)).toEqual(numbers);
  });

  it("is shown without the product's name", () => {
    expect(versionText("Qumulo Core 7.9.0.2")).toBe("7.9.0.2");
    expect(versionText("7.9.0.2")).toBe("7.9.0.2");
  });
});

describe("two versions", () => {
  it.each([
    ["7.9.0", "7.9.0.0", true],
    ["Qumulo Core 7.9.0.2", "7.9.0.2", true],
    ["7.9.0.2", "7.9.0.3", false],
    ["7.9.0", "7.9.0.2", false],
    ["7.10.0", "7.1.0", false],
    ["7.9.0", "7.10.0", false],
    ["7.9", "7.9.0", null],
    ["7.01.4", "7.1.4", true],
    ["7.9.0", "unknown", null],
    ["7.9.0", null, null],
    [null, null, null],
  ])("%j and %j are the same: %j", (one, other, same) => {
    expect(sameVersion(one, other)).toBe(same);
    expect(sameVersion(other, one)).toBe(same);
  });

  it("are the same exactly when their numbers are", () => {
    const numbers = fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 4 });
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const padded = (list: number[]): string => [...list, 0].slice(0, 4).join(".");
        expect(sameVersion(one.join("."), other.join("."))).toBe(padded(one) === padded(other));
      }),
    );
  });
});
