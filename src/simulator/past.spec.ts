import { describe, expect, it } from "vitest";
import { minuteMs } from "../upgrade/duration.ts";
import { runRecords } from "../upgrade/runs/record.ts";
import { fleetRoles } from "./fleetRoles.ts";
import { pastOf } from "./past.ts";

const now = Date.UTC(2026, 10, 24, 12);

describe.each(fleetRoles)("the past of $id", (role) => {
  const spans = pastOf(role, now);

  it("is four upgrades that took, one release after another, up to the present one", () => {
    const runs = runRecords(spans, { addresses: role.addresses });
    expect(runs.map(({ outcome }) => outcome.kind)).toEqual(Array(4).fill("proven"));
    expect(runs.map(({ fromVersion, targetVersion }) => [fromVersion, targetVersion])).toEqual([
      ["7.1.0", "7.1.1"],
      ["7.1.1", "7.1.2"],
      ["7.1.2", "7.1.3"],
      ["7.1.3", "7.1.4"],
    ]);
  });

  it("reports the same settings from the preparation to the reboot", () => {
    for (const { from, to, settings } of runRecords(spans, { addresses: role.addresses })) {
      const own = spans.filter((span) => span.from >= from && span.from < (to ?? now));
      const told = own.flatMap((span) => (span.kind === "status" ? [span.status.settings] : []));
      expect(new Set(told.map((each) => JSON.stringify(each)))).toEqual(
        new Set([JSON.stringify(settings)]),
      );
    }
  });

  it("has no hole and no overlap, and ends before anything that is told now", () => {
    for (const [index, span] of spans.entries()) {
      expect(span.to).toBeGreaterThanOrEqual(span.from);
      expect(span.from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? 0);
      expect(span.kind).not.toBe("unobserved");
    }
    expect(spans.at(-1)).toMatchObject({ to: now - 6 * minuteMs, version: "7.1.4" });
  });
});
