import { describe, expect, it } from "vitest";
import { now, summary } from "../../shell/summary.fixture.ts";
import { fleetRow } from "./fleetRow.ts";

const minute = 60_000;
const preparing = summary({
  state: "UPGRADE_STATE_PREPARING",
  progress: 62.9,
  verdict: "running",
  headline: "Preparing 62 %",
  fromVersion: "Qumulo Core 7.1.4",
  targetVersion: "Qumulo Core 7.2.3",
  stateSince: now - 22 * minute,
});

describe("a row of the fleet", () => {
  it("says the server's headline with the face of the state, and the way from version to version", () => {
    expect(fleetRow(preparing, "UTC")).toMatchObject({
      headline: "Preparing 62 %",
      face: { shape: "filling-ring", tone: "preparing" },
      fraction: 0.629,
      since: now - 22 * minute,
      version: { from: "7.1.4", to: "7.2.3" },
      expected: "—",
    });
  });

  it("shows the version that runs once nothing is in flight, whatever target is still told", () => {
    expect(fleetRow(summary({ targetVersion: "7.2.3" }), "UTC").version).toEqual({
      from: "7.1.4",
      to: null,
    });
    expect(fleetRow(summary({ runningVersion: null }), "UTC").version.from).toBe("—");
  });

  it("counts a silence from its own begin, not from that of the state before it", () => {
    const linkSince = now - minute;
    for (const link of ["away", "outage", "denied"] as const) {
      const row = fleetRow({ ...preparing, link, linkSince, stateSinceExact: false }, "UTC");
      expect(row).toMatchObject({ since: linkSince, sinceExact: true });
    }
  });

  it("does not claim how long an upgrade has failed", () => {
    expect(fleetRow({ ...preparing, verdict: "failed" }, "UTC").since).toBeNull();
  });

  it("says what is expected next", () => {
    const eta = {
      earliest: now + minute,
      likely: now + 2 * minute,
      latest: now + 9 * minute,
      basis: "",
      runs: 0,
    };
    const expected = (changes: Parameters<typeof summary>[0]) =>
      fleetRow(summary(changes), "Europe/Paris").expected;
    expect(expected({ verdict: "running", eta })).toBe("15:08–15:16");
    expect(expected({ verdict: "waiting" })).toBe("your commit");
    expect(expected({ verdict: "waiting", windowEnd: now })).toBe("commit by 15:07");
    expect(expected({ verdict: "done", run: { from: now - minute, to: now } })).toBe(
      "proven 15:07",
    );
    expect(expected({ blocked: { reason: "on-disk work" } })).toBe("blocked: on-disk work");
  });

  it("floors what it was, and never counts on from it", () => {
    const row = fleetRow(
      { ...preparing, progress: 99.99, verdict: "outage", link: "outage" },
      "UTC",
    );
    expect(row.expected).toBe("was 99 %");
  });
});
