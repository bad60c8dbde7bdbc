import { expect, it } from "vitest";
import { screenClockWords } from "./screenClock.ts";

const server = Date.UTC(2026, 10, 23, 12);

it.each([
  [0, null],
  [-59_999, null],
  [
    3 * 3_600_000 - 1,
    "This screen's clock is 3 h ahead of the server's. Times here are the server's.",
  ],
  [-90_000, "This screen's clock is 2 min behind the server's. Times here are the server's."],
])("a screen that is off by %d ms is told: %s", (aheadMs, words) => {
  expect(screenClockWords(server + aheadMs, server)).toBe(words);
});
