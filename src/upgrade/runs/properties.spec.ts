import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histories } from "../testing/histories.ts";
import { runIdPattern } from "./id.ts";
import { runRecords } from "./record.ts";

describe("whatever is heard", () => {
  it("puts every poll into exactly one run, or into none", () => {
    fc.assert(
      fc.property(histories, (spans) => {
        const records = runRecords(spans);
        let outside = 0;
        for (const span of spans) {
          const within = records.filter(
            ({ from, to }) => span.from >= from && span.from < (to ?? Number.POSITIVE_INFINITY),
          );
          expect(within.length).toBeLessThanOrEqual(1);
          outside += within.length === 0 ? span.polls : 0;
        }
        const inside = records.reduce((sum, { sampling }) => sum + sampling.polls, 0);
        expect(inside + outside).toBe(spans.reduce((sum, span) => sum + span.polls, 0));
      }),
    );
  });

  it("divides every run's time without an overlap or a hole: the lengths add up to the wall clock", () => {
    fc.assert(
      fc.property(histories, (spans) => {
        for (const { from, to, parts, sampling } of runRecords(spans)) {
          const until = to ?? spans.at(-1)?.to ?? from;
          expect(sampling.measuredMs + sampling.inferredMs + sampling.unheardMs).toBe(until - from);
          let at = from;
          for (const part of parts) {
            expect(part.from).toBe(at);
            at = part.to;
          }
          expect(at).toBe(until);
        }
      }),
    );
  });

  it("counts as measured what was heard, and nothing else", () => {
    fc.assert(
      fc.property(histories, (spans) => {
        for (const { from, to, parts, states, sampling } of runRecords(spans)) {
          const silent = spans.filter(
            (span) =>
              span.kind !== "status" && span.from >= from && (to === null || span.from < to),
          );
          for (const { kind, from: begin, to: end } of parts) {
            const overlaps = silent.some((span) => span.from < end && span.to > begin);
            expect(kind === "measured" && overlaps).toBe(false);
          }
          const measured = states.reduce((sum, { measuredMs }) => sum + measuredMs, 0);
          const inferred = states.reduce((sum, { inferredMs }) => sum + inferredMs, 0);
          expect([measured, inferred]).toEqual([sampling.measuredMs, sampling.inferredMs]);
          for (const { leastMs, mostMs, measuredMs, inferredMs } of states) {
            expect(leastMs).toBeLessThanOrEqual(measuredMs + inferredMs);
            expect(mostMs ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
              measuredMs + inferredMs,
            );
          }
        }
      }),
    );
  });

  it("names a run once and for ever: by what follows and by what is forgotten it changes no more", () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.nat(), (spans, kept, forgotten) => {
        const ids = runRecords(spans).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every((id) => runIdPattern.test(id))).toBe(true);
        const before = runRecords(spans.slice(0, kept % (spans.length + 1)));
        expect(ids.slice(0, before.length)).toEqual(before.map(({ id }) => id));
        // Retention forgets up to an idle.
        const idles = spans.flatMap((span, index) =>
          span.kind === "status" && span.status.state === "UPGRADE_STATE_IDLE" ? [index] : [],
        );
        const after = runRecords(spans.slice(idles[forgotten % Math.max(1, idles.length)] ?? 0));
        expect(after.map(({ id }) => id)).toEqual(
          after.length === 0 ? [] : ids.slice(-after.length),
        );
      }),
    );
  });
});
