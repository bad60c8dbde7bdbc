import { expect, it } from "vitest";
import { railOf } from "./rail.ts";

const positions = (state: string | null, upgradeType: string | null) =>
  railOf(state, upgradeType).map(({ position }) => position);

it("shows what lies behind, the present step and what lies ahead", () => {
  expect(positions("UPGRADE_STATE_COMMITTING", "SOFTWARE_AND_PLATFORM")).toEqual([
    "passed",
    "passed",
    "now",
    "ahead",
    "ahead",
  ]);
});

it("leaves the reboot out where only the software is upgraded, unless it is there", () => {
  expect(positions("UPGRADE_STATE_PREPARING", "SOFTWARE_ONLY")).toHaveLength(4);
  expect(positions("UPGRADE_STATE_REBOOTING", "SOFTWARE_ONLY").at(-1)).toBe("now");
});

it("claims no step for an idle cluster, an unknown state or one that was never heard", () => {
  for (const state of ["UPGRADE_STATE_IDLE", "UPGRADE_STATE_BANANA", null]) {
    expect(positions(state, null)).toEqual([]);
  }
});
