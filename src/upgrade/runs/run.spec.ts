import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutRuns } from "./run.ts";
import { isState } from "../status.ts";
import {
  fold,
  minute,
  polls,
  rollingSettings,
  second,
  softwareSettings,
  Story,
} from "../testing/story.ts";

const upgraded = (): Story => {
  const story = new Story()
    .heard("idle", minute)
    .heard("preparing", minute, [0, 100])
    .heard("committing", 20 * second)
    .silent(25 * second);
  story.version = "7.2.3";
  return story.heard("idle", minute);
};

describe("cutting a history into runs", () => {
  it("proves a run by the version that the idle after it reads", () => {
    const [run, ...others] = cutRuns(upgraded().spans);
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      fromVersion: "7.1.4",
      targetVersion: "7.2.3",
      fromExact: true,
      outcome: { kind: "proven", version: "7.2.3" },
    });
    expect(run?.steps.map(({ state, inferred }) => [state.slice(14), inferred])).toEqual([
      ["PREPARING", false],
      ["COMMITTING", false],
      ["COMMITTED", true],
    ]);
  });

  it("does not take idle for success: the old version leaves it unproven", () => {
    const story = new Story()
      .heard("idle")
      .heard("preparing", minute, [0, 100])
      .heard("committing");
    expect(cutRuns(story.heard("idle").spans)[0]?.outcome).toEqual({
      kind: "unproven",
      reason: "other-version",
      version: "7.1.4",
    });
  });

  it("stays unproven while the version can't be read, and is proven once it can", () => {
    const story = new Story().heard("idle").heard("committing");
    story.version = null;
    story.heard("idle");
    expect(cutRuns(story.spans)[0]?.outcome).toMatchObject({ reason: "version-unreadable" });
    story.version = "7.2.3";
    story.heard("idle");
    expect(cutRuns(story.spans)[0]?.outcome).toMatchObject({ kind: "proven" });
  });

  it("tells a prepare that went back to idle in consecutive polls as not committed", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 50]).heard("idle");
    expect(cutRuns(story.spans)[0]?.outcome).toEqual({ kind: "not-committed" });
  });

  it("calls it so too where the target was the running version: nothing was committed", () => {
    const story = new Story();
    story.settings = { ...softwareSettings, target_version: "7.1.4" };
    story.heard("idle").heard("preparing", minute, [0, 50]).heard("idle");
    expect(cutRuns(story.spans)[0]?.outcome).toEqual({ kind: "not-committed" });
  });

  it("keeps a proof, whatever runs later", () => {
    const story = upgraded().unwatched(minute);
    story.version = "7.3.0";
    expect(cutRuns(story.heard("idle").spans)[0]?.outcome).toMatchObject({ kind: "proven" });
  });

  it("sees nothing odd in another target after a commit", () => {
    const story = new Story().heard("idle").heard("committed");
    story.settings = { ...softwareSettings, target_version: "7.4.0" };
    const runs = cutRuns(story.heard("preparing", minute, [0, 9]).spans);
    expect(runs.map(({ anomalies }) => anomalies)).toEqual([[], []]);
  });

  it("does not call it so when a commit may have been missed in a gap", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 50]).silent(minute);
    expect(cutRuns(story.heard("idle").spans)[0]?.outcome).toMatchObject({ kind: "unproven" });
  });

  it("stays one run through a restart of the watcher", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 50]);
    story.unwatched(minute).heard("preparing", minute, [60, 70]);
    expect(cutRuns(story.spans)).toHaveLength(1);
  });

  it("cuts two upgrades back to back in two, though no idle was heard between", () => {
    const story = new Story()
      .heard("idle")
      .heard("rebooting", minute)
      .heard("preparing", minute, [0, 9]);
    const runs = cutRuns(story.spans);
    expect(runs.map(({ outcome }) => outcome.kind)).toEqual(["superseded", "in-flight"]);
    expect(runs[0]?.to).toBe(runs[1]?.from);
  });

  it("opens a new run when the target changes, and marks it there", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 50]);
    story.settings = { ...softwareSettings, target_version: "7.2.4" };
    const runs = cutRuns(story.heard("preparing", minute, [50, 60]).spans);
    expect(runs).toHaveLength(2);
    expect(runs[1]?.anomalies.map(({ reason }) => reason)).toEqual(["target-changed"]);
  });

  it("marks progress that fell and a wait for a commit that should be automatic", () => {
    const story = new Story()
      .heard("preparing", second, [60, 60])
      .heard("preparing", second, [55, 55])
      .heard("prepared");
    expect(
      cutRuns(story.spans)[0]?.anomalies.map(({ reason, figure }) => [reason, figure]),
    ).toEqual([
      ["progress-fell", "60 % to 55 %"],
      ["prepared-with-auto-commit", "auto_commit true"],
    ]);
  });

  it("does not call it a fall when nobody watched in between", () => {
    const story = new Story().heard("preparing", second, [80, 80]).unwatched(minute);
    const [run] = cutRuns(story.heard("preparing", second, [10, 10]).spans);
    expect(run?.anomalies).toEqual([]);
  });

  it("knows no version before when it first hears of an upgrade after its commit", () => {
    const story = new Story();
    story.settings = rollingSettings;
    expect(cutRuns(story.heard("rebooting").spans)[0]?.fromVersion).toBeNull();
  });
});

describe("whatever is heard", () => {
  it("puts every status but idle into exactly one run, and idle into none", () => {
    fc.assert(
      fc.property(polls, (observations) => {
        const spans = fold([], observations);
        const runs = cutRuns(spans);
        for (const span of spans) {
          const within = runs.filter(
            ({ from, to }) => span.from >= from && span.from < (to ?? Number.POSITIVE_INFINITY),
          );
          expect(within.length).toBeLessThanOrEqual(1);
          if (span.kind === "status" && isState(span.status.state)) {
            const isIdle = span.status.state === "UPGRADE_STATE_IDLE";
            expect(within).toHaveLength(isIdle ? 0 : 1);
          }
        }
        runs.forEach((run, index) => {
          expect(run.from).toBeGreaterThanOrEqual(runs[index - 1]?.to ?? 0);
        });
      }),
    );
  });

  it("proves a run only by a version that was heard while idle", () => {
    let proven = 0;
    fc.assert(
      fc.property(polls, (observations) => {
        const spans = fold([], observations);
        for (const { outcome } of cutRuns(spans)) {
          if (outcome.kind === "proven") {
            const heard = spans.some(
              (span) =>
                span.kind === "status" &&
                span.status.state === "UPGRADE_STATE_IDLE" &&
                span.version === outcome.version,
            );
            expect(heard).toBe(true);
            proven += 1;
          }
        }
      }),
      { numRuns: 5000 },
    );
    expect(proven).toBeGreaterThan(0);
  });
});
