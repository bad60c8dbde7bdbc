import { describe, expect, it } from "vitest";
import { now, summary } from "../shell/summary.fixture.ts";
import { waveOf, waveWords } from "./wave.ts";

const going = summary({ verdict: "running", targetVersion: "Qumulo Core 7.2.3" });
const done = summary({ verdict: "done", runningVersion: "7.2.3" });

describe("a wave", () => {
  it("says where each of its clusters stands", () => {
    const wave = waveOf([
      going,
      done,
      summary({ verdict: "idle", runningVersion: "7.2.3" }),
      summary({ verdict: "idle", runningVersion: "7.1.4" }),
      summary({ verdict: "waiting", attention: "person", targetVersion: "7.2.3" }),
      summary({ verdict: "outage", attention: "act" }),
      summary({ verdict: "away", attention: "look" }),
    ]);
    expect(waveWords(wave)).toBe(
      "2 of 7 upgraded to 7.2.3 · 1 failed or not answering · 1 to look at · 1 waits for you · 1 running · 1 next",
    );
  });

  it("takes nothing for upgraded while none of it has a target", () => {
    const wave = waveOf([summary({}), summary({})]);
    expect(waveWords(wave)).toBe("0 of 2 upgraded · 2 next");
  });

  it("counts an unproven upgrade by what it asks of people", () => {
    const counts = (attention: "act" | "look") =>
      waveOf([summary({ verdict: "unproven", attention })]).counts;
    expect(counts("act").failed).toBe(1);
    expect(counts("look").look).toBe(1);
  });

  it("names the window's end only where all that have one share it", () => {
    const with1 = summary({ windowEnd: now });
    expect(waveOf([with1, summary({})]).windowEnd).toBe(now);
    expect(waveOf([with1, summary({ windowEnd: now + 1 })]).windowEnd).toBeNull();
  });
});
