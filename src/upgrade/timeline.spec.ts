import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold, minute, polls, rollingSettings, second, Story } from "./testing/story.ts";
import { timeline } from "./timeline.ts";

const kinds = (story: Story): readonly string[] =>
  timeline(story.spans).states.map((segment) =>
    "state" in segment ? `${segment.kind} ${segment.state?.slice(14) ?? "-"}` : segment.kind,
  );

describe("the state lane", () => {
  it("draws an upgrade as it was heard", () => {
    const story = new Story()
      .heard("idle", minute)
      .heard("preparing", minute, [0, 100])
      .heard("committing", 20 * second)
      .heard("committed", 3 * second)
      .silent(25 * second);
    story.version = "7.2.3";
    story.heard("idle", minute);
    expect(kinds(story)).toEqual([
      "state IDLE",
      "state PREPARING",
      "state COMMITTING",
      "state COMMITTED",
      "away COMMITTED",
      "state IDLE",
    ]);
  });

  it("infers what fell between two polls, bounded by them", () => {
    const story = new Story().heard("idle").heard("preparing", second, [40, 40]);
    story.version = "7.2.3";
    story.heard("idle");
    const { states } = timeline(story.spans);
    expect(kinds(story)).toEqual([
      "state IDLE",
      "state PREPARING",
      "missed COMMITTING",
      "missed COMMITTED",
      "state IDLE",
    ]);
    const preparing = states[1];
    const idle = states[4];
    expect(states[2]).toMatchObject({ from: preparing?.from ?? 0, to: idle?.from });
  });

  it("infers a wait for a commit only when the commit was manual, and a reboot only of a platform", () => {
    const story = new Story().heard("idle");
    story.settings = { ...rollingSettings, auto_commit: false };
    story.heard("preparing", second, [99, 99]).heard("rebooting");
    expect(kinds(story)).toContain("missed PREPARED");
    expect(kinds(story)).not.toContain("missed REBOOTING");
  });

  it("infers nothing from an idle on the old version: nobody knows that anything was missed", () => {
    const story = new Story().heard("idle").heard("preparing", second, [40, 40]).heard("idle");
    expect(kinds(story)).toEqual(["state IDLE", "state PREPARING", "state IDLE"]);
  });

  it("does not break a state for a hiccup of two polls, yet tells it in the link lane", () => {
    const story = new Story()
      .heard("idle", minute)
      .silent(2 * second)
      .heard("idle", minute);
    expect(kinds(story)).toEqual(["state IDLE"]);
    expect(timeline(story.spans).link.map(({ kind }) => kind)).toEqual([
      "answering",
      "outage",
      "answering",
    ]);
  });

  it("breaks it for three", () => {
    const story = new Story()
      .heard("idle", minute)
      .silent(3 * second)
      .heard("idle", minute);
    expect(kinds(story)).toEqual(["state IDLE", "outage IDLE", "state IDLE"]);
  });

  it("turns an expected absence into an outage where its limit ends", () => {
    const story = new Story().heard("committing", 5 * second).silent(6 * minute);
    const { states } = timeline(story.spans);
    expect(states.map(({ kind }) => kind)).toEqual(["state", "away", "outage"]);
    expect((states[1]?.to ?? 0) - (states[1]?.from ?? 0)).toBe(5 * minute);
  });

  it("never excuses a certificate that is not trusted", () => {
    const story = new Story()
      .heard("committing")
      .silent(4 * second, { kind: "tls", message: "changed", trust: true });
    expect(kinds(story)).toEqual(["state COMMITTING", "outage COMMITTING"]);
  });

  it("says whether the change into a state was seen", () => {
    const story = new Story()
      .heard("idle", minute)
      .heard("preparing", minute, [0, 10])
      .unwatched(minute)
      .heard("committing");
    const exact = timeline(story.spans).states.flatMap((segment) =>
      segment.kind === "state" ? [segment.startExact] : [],
    );
    expect(exact).toEqual([false, true, false]);
  });
});

describe("whatever is heard", () => {
  it("never shows a state that was not heard, and keeps the lanes in order", () => {
    fc.assert(
      fc.property(polls, (observations) => {
        const spans = fold([], observations);
        const { states, link } = timeline(spans);
        for (const span of spans) {
          const covered = states.some(
            (segment) =>
              segment.kind === "state" &&
              span.kind === "status" &&
              segment.state === span.status.state &&
              segment.from <= span.from &&
              segment.to >= span.to,
          );
          expect(covered).toBe(span.kind === "status");
        }
        for (const segment of states) {
          if (segment.kind === "state") {
            const heard = spans.some(
              (span) =>
                span.kind === "status" &&
                span.status.state === segment.state &&
                span.from === segment.from,
            );
            expect(heard).toBe(true);
          }
        }
        const lanes = [states.filter(({ kind }) => kind !== "missed"), link];
        for (const lane of lanes) {
          lane.forEach((segment, index) => {
            expect(segment.to).toBeGreaterThanOrEqual(segment.from);
            expect(segment.from).toBeGreaterThanOrEqual(lane[index - 1]?.to ?? 0);
          });
        }
      }),
    );
  });
});
