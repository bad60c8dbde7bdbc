import { expect, test } from "@playwright/test";
import { lastTwoThirds, median, theilSen } from "./slope.ts";

const line = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((polls) => ({
  polls,
  value: 5 + 3 * polls,
}));

test("a slope is the median of all, whatever single readings say", () => {
  expect(theilSen(line)).toBe(3);
  const disturbed = line.map((reading, index) =>
    index === 4 || index === 7 ? { ...reading, value: 1e9 } : reading,
  );
  expect(theilSen(disturbed)).toBe(3);
  expect(theilSen(line.map(({ polls }) => ({ polls, value: 7 })))).toBe(0);
  expect(theilSen([])).toBe(0);
  expect(theilSen([...line.slice(0, 1), ...line.slice(0, 1)])).toBe(0);
});

test("a median is the middle, and what was read in the first third does not count", () => {
  expect([median([3, 1, 2]), median([4, 1]), median([])]).toEqual([2, 2.5, 0]);
  expect(lastTwoThirds(line).map(({ polls }) => polls)).toEqual([30, 40, 50, 60, 70, 80, 90]);
});
