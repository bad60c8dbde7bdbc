import { describe, expect, it } from "vitest";
import { second, watching } from "./testing/watching.ts";
import { statusOf } from "./testing/scriptedCluster.ts";
import { afterPercent, noPercent, scaleDoubt } from "./progressScale.ts";

const doubtAfter = (percents: readonly (number | null)[]): string | null =>
  scaleDoubt(
    percents.reduce(
      (known, progress) => afterPercent(known, statusOf("UPGRADE_STATE_PREPARING", progress)),
      noPercent,
    ),
  );

describe("a percentage", () => {
  it("that only moves between 0 and 1 is doubted, and only where it has moved", () => {
    expect(doubtAfter([0, 0.1, 0.2, null, 0.37, 0.5, 1])).toBe(
      "The progress only moves between 0 and 1: it may not be a percentage.",
    );
    expect(doubtAfter([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1])).toBeNull();
    expect(doubtAfter([0, 0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8])).toBeNull();
  });

  it("is doubted in its own preparation only", () => {
    const doubted = { last: 0.5, moves: 9, isPercent: false };
    expect(afterPercent(doubted, statusOf("UPGRADE_STATE_IDLE"))).toEqual(noPercent);
  });

  it("that is doubted is shown as it came, with a mark that says why", async () => {
    const { client, watch, summary, clock } = watching();
    let progress = 0;
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", (progress += 0.1));
    await watch.start();
    await clock.pass(8 * second);
    expect(summary()).toMatchObject({ headline: "Preparing 0 %", progress });
    expect(summary().notices).toMatchObject([{ code: "progress-scale" }]);
  });
});
