import { expect, it } from "vitest";
import { railOf } from "./rail.ts";

const positions = (...about: Parameters<typeof railOf>) =>
  railOf(...about).map(({ position }) => position);

it("shows what lies behind, the present step and what lies ahead", () => {
  expect(positions("UPGRADE_STATE_COMMITTING", "SOFTWARE_AND_PLATFORM", false)).toEqual([
    "passed",
    "passed",
    "now",
    "ahead",
    "ahead",
  ]);
});

it("leaves the reboot out where only the software is upgraded", () => {
  expect(positions("UPGRADE_STATE_PREPARING", "SOFTWARE_ONLY", false)).toHaveLength(4);
});

it("claims no step for an idle cluster, an unknown state or one that was never heard", () => {
  for (const state of ["UPGRADE_STATE_IDLE", "UPGRADE_STATE_BANANA", null]) {
    expect(new Set(positions(state, null, false))).toEqual(new Set(["ahead"]));
  }
});

it("has every step behind it once the upgrade is proven", () => {
  expect(new Set(positions("UPGRADE_STATE_IDLE", null, true))).toEqual(new Set(["passed"]));
});
