import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heardBy } from "./heardBy.ts";
import { situationOf } from "./situation.ts";
import type { Span } from "./span.ts";
import { hour, minute, polls, fold, second, start, Story } from "./testing/story.ts";
import { decide } from "./verdict.ts";

type Step = { readonly kind: "heard" | "silent" | "unwatched"; readonly forMs: number };
type Heard = Parameters<Story["heard"]>[0];

const states = ["idle", "preparing", "prepared", "committing", "committed", "rebooting"] as const;
const segments = fc.array(
  fc.record({
    kind: fc.constantFrom<Step["kind"]>("heard", "heard", "heard", "silent", "unwatched"),
    state: fc.constantFrom<Heard>(...states),
    progress: fc.integer({ min: 0, max: 100 }),
    seconds: fc.integer({ min: 1, max: 400 }),
    kindOfFailure: fc.constantFrom("refused", "reset", "auth"),
    error: fc.constantFrom(null, null, null, "disk failure"),
    version: fc.constantFrom("7.1.4", "7.2.3", null),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Tells a story segment by segment, and after each what the watcher's history is. */
function told(steps: readonly Segment[]) {
  const story = new Story();
  const moments: { readonly at: number; readonly spans: readonly Span[] }[] = [];
  for (const { kind, state, progress, seconds, kindOfFailure, error, version } of steps) {
    story.error = error;
    story.version = version;
    if (kind === "unwatched") {
      story.unwatched(seconds * second);
      continue;
    }
    for (let poll = 0; poll < seconds; poll += 1) {
      if (kind === "heard") {
        story.heard(state, second, [progress, progress]);
      } else {
        story.silent(second, { kind: kindOfFailure, message: "none" });
      }
      if (poll % 37 === 0 || poll === 2 || poll === seconds - 1) {
        moments.push({ at: story.now - second, spans: story.spans });
      }
    }
  }
  return { spans: story.spans, moments };
}

type Segment = typeof segments extends fc.Arbitrary<(infer One)[]> ? One : never;

const surroundings = { addresses: 1, reboot: null, blockedReason: null };

describe("a history as it was heard by a moment", () => {
  it("is what the watcher had then, and so is the verdict on it", () => {
    fc.assert(
      fc.property(segments, fc.integer({ min: 0, max: second - 1 }), (steps, later) => {
        const { spans, moments } = told(steps);
        for (const moment of moments) {
          const at = moment.at + later;
          const cut = heardBy(spans, at);
          // Where the watcher stopped right after this poll, that is known now.
          const then = cut.at(-1)?.kind === "unobserved" ? cut.slice(0, -1) : cut;
          expect(then).toEqual(moment.spans);
          const verdict = (heard: readonly Span[]) =>
            decide(situationOf(heard, { ...surroundings, startedAt: start }), at);
          expect(verdict(then)).toEqual(verdict(moment.spans));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("never holds what was heard later, whatever the polls", () => {
    fc.assert(
      fc.property(polls, fc.integer({ min: 0, max: 600 * second }), (observations, afterMs) => {
        const spans = fold([], observations);
        const at = start + afterMs;
        const then = heardBy(spans, at);
        expect(then.every(({ to }) => to <= at)).toBe(true);
        const whole = then.slice(0, -1);
        expect(whole).toEqual(spans.slice(0, whole.length));
        expect(heardBy(then, at)).toEqual(then);
        expect(heardBy(spans, spans.at(-1)?.to ?? at)).toEqual(spans);
      }),
    );
  });

  it("ends a time in which nobody watched at the moment", () => {
    const { spans } = new Story().heard("preparing", minute, [0, 9]).unwatched(hour).heard("idle");
    expect(heardBy(spans, start + 30 * minute).at(-1)).toMatchObject({
      kind: "unobserved",
      to: start + 30 * minute,
    });
    expect(heardBy(spans, start - 1)).toEqual([]);
  });

  it("tells of a poll that waited in vain once it had ended, and no percent before it was reached", () => {
    const timeout = { kind: "timeout", message: "No answer in time." } as const;
    const base = { node: null, polls: 2, from: start, to: start + 10 * second };
    const silence: Span = { ...base, kind: "unreachable", failure: timeout };
    expect(heardBy([silence], start + 4 * second)).toEqual([]);
    const half = { ...silence, to: start + 5 * second, polls: 1 };
    expect(heardBy([silence], start + 5 * second)).toEqual([half]);
    const { spans } = new Story().heard("preparing", 10 * second, [5, 5.9]);
    expect(heardBy(spans, start + second).at(-1)).toMatchObject({ status: { progress: 5 } });
  });
});
