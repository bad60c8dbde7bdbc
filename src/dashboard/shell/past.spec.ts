import { expect, it } from "vitest";
import { pastHeadline, pastPercent } from "./past.ts";

it.each([
  ["Preparing 62 %", "was 62 %"],
  ["Rebooting 2 of 6", "was: Rebooting 2 of 6"],
  ["Waits for you", "was: Waits for you"],
  ["Failed at 37 %", "was: Failed at 37 %"],
])("says %j as past", (headline, words) => {
  expect(pastHeadline(headline)).toBe(words);
});

it("never says more of a percent than there was", () => {
  expect(pastPercent(99.9)).toBe("was 99 %");
});
