import { expect, it } from "vitest";
import { rebootOfSix as reboot } from "../../shell/summary.fixture.ts";
import { railOf, shareOf } from "./rail.ts";

const positions = (state: string | null, upgradeType: string | null) =>
  railOf(state, upgradeType).map(({ position }) => position);

it("shows what lies behind, the present step and what lies ahead", () => {
  expect(positions("UPGRADE_STATE_COMMITTING", "SOFTWARE_AND_PLATFORM")).toEqual([
    "behind",
    "behind",
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

it("tells the share of the present step only where the cluster gives a figure", () => {
  const share = (state: string, progress: number | null) => shareOf({ state, progress, reboot });
  expect(share("UPGRADE_STATE_PREPARING", 62.9)).toBe(0.62);
  expect(share("UPGRADE_STATE_PREPARING", null)).toBeNull();
  expect(share("UPGRADE_STATE_REBOOTING", 100)).toBeCloseTo(2 / 6);
  expect(share("UPGRADE_STATE_COMMITTING", 100)).toBeNull();
  const unknown = { state: "UPGRADE_STATE_REBOOTING", progress: 100 };
  expect(shareOf({ ...unknown, reboot: null })).toBeNull();
  expect(shareOf({ ...unknown, reboot: { ...reboot, total: 0 } })).toBeNull();
});
