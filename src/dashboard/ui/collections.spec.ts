import { expect, it } from "vitest";
import { grouped, mostCommon } from "./collections.ts";

it("groups in the order in which keys first come", () => {
  const groups = grouped(["b1", "a1", "b2"], (text) => text.charAt(0));
  expect([...groups]).toEqual([
    ["b", ["b1", "b2"]],
    ["a", ["a1"]],
  ]);
});

it("finds what is most common, the first where several are, and nothing in nothing", () => {
  expect(mostCommon(["x", "y", "y"])).toBe("y");
  expect(mostCommon(["x", "y"])).toBe("x");
  expect(mostCommon([])).toBeNull();
});
