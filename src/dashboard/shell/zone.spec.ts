import { expect, it } from "vitest";
import { commonZone } from "./zone.ts";

it("takes the zone that most clusters share, and UTC where there is none", () => {
  const zones = ["UTC", "Asia/Tokyo", "Europe/Paris", "Asia/Tokyo"].map((zone) => ({ zone }));
  expect(commonZone(zones)).toBe("Asia/Tokyo");
  expect(commonZone(zones.slice(0, 3))).toBe("UTC");
  expect(commonZone([])).toBe("UTC");
});
