import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChange, observe, type Span, wholePercent } from "./span.ts";
import { fold, minute, polls, second, start, Story } from "./testing/story.ts";

it("never rounds a percent up", () => {
  expect(wholePercent(99.99)).toBe(99);
});

describe("folding observations into spans", () => {
  it("stretches the last span while the same is heard", () => {
    const { spans } = new Story().heard("idle", minute);
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ from: start, to: start + 59 * second, polls: 60 });
  });

  it("opens a span for every whole percent, and none for a fraction of one", () => {
    const { spans } = new Story().heard("preparing", 101 * second, [0, 10]);
    expect(spans).toHaveLength(11);
  });

  it("opens a span when the error text, the version or the kind of failure changes", () => {
    const story = new Story().heard("idle");
    story.error = "disk failure";
    story.heard("idle");
    story.version = "7.2.3";
    story.heard("idle").silent(second).silent(second, { kind: "timeout", message: "no answer" });
    expect(story.spans.map(({ kind }) => kind)).toEqual([
      "status",
      "status",
      "status",
      "unreachable",
      "unreachable",
    ]);
  });

  it("tells a hole of more than three intervals as not observed, a shorter one not", () => {
    const story = new Story().heard("idle");
    story.now += 2 * second;
    expect(story.heard("idle").spans).toHaveLength(1);
    story.now += 2 * second + 1;
    expect(story.heard("idle").spans.map(({ kind }) => kind)).toEqual([
      "status",
      "unobserved",
      "status",
    ]);
  });

  it("tells the time before every start as not observed, however short", () => {
    const { spans } = new Story().heard("idle").unwatched(1).heard("idle");
    expect(spans.map(({ kind }) => kind)).toEqual(["status", "unobserved", "status"]);
  });

  it("counts a poll that hangs from its start, not as a hole", () => {
    const first = fold(
      [],
      [
        {
          kind: "unreachable",
          startedAt: start,
          at: start,
          node: null,
          failure: { kind: "refused", message: "" },
        },
      ],
    );
    const change = observe(
      first.at(-1),
      {
        kind: "unreachable",
        startedAt: start + second,
        at: start + 61 * second,
        node: null,
        failure: { kind: "timeout", message: "no answer" },
      },
      second,
    );
    expect(change).toMatchObject({ kind: "append", spans: [{ kind: "unreachable", polls: 1 }] });
  });

  it("keeps spans apart when the clock is set back", () => {
    const story = new Story().heard("idle", minute);
    story.now -= 30 * second;
    story.heard("preparing", second, [1, 1]);
    expectNoOverlap(story.spans);
  });
});

describe("whatever is heard", () => {
  it("gives the same history when it is folded in two goes", () => {
    fc.assert(
      fc.property(polls, fc.nat(60), (observations, cut) => {
        const before = fold([], observations.slice(0, cut));
        const stored = before.map((span) => ({ ...span }));
        expect(fold(stored, observations.slice(cut))).toEqual(fold([], observations));
      }),
    );
  });

  it("never overlaps, and loses no poll", () => {
    fc.assert(
      fc.property(polls, (observations) => {
        const spans = fold([], observations);
        expectNoOverlap(spans);
        expect(spans.reduce((sum, span) => sum + span.polls, 0)).toBe(observations.length);
      }),
    );
  });

  it("leaves no hole longer than three intervals untold", () => {
    fc.assert(
      fc.property(polls, (observations) => {
        const spans = fold([], observations);
        spans.slice(1).forEach((span, index) => {
          expect(span.from - (spans[index]?.to ?? 0)).toBeLessThanOrEqual(3 * second + 900);
        });
      }),
    );
  });
});

it("does not touch the history that it changes", () => {
  const spans = Object.freeze(fold([], []));
  const change = observe(
    undefined,
    {
      kind: "unreachable",
      startedAt: start,
      at: start,
      node: null,
      failure: { kind: "dns", message: "" },
    },
    second,
  );
  expect(applyChange(spans, change)).toHaveLength(1);
  expect(spans).toHaveLength(0);
});

function expectNoOverlap(spans: readonly Span[]): void {
  spans.forEach((span, index) => {
    expect(span.to).toBeGreaterThanOrEqual(span.from);
    expect(span.from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? 0);
  });
}
