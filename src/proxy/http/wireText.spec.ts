import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { clustersSchema, clusterStatusSchema, summarySchema, time } from "../../contract/api.ts";
import { changesSchema } from "../../contract/changes.ts";
import { clusters, now, summary } from "./testing.ts";
import { wireText } from "./wireText.ts";

const moment = fc.integer({ min: 0, max: 4e12 });
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

/** A summary with whatever texts and figures there may be. */
const summaries = fc
  .record({
    name: fc.string({ unit: "binary" }),
    labels: fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })),
    observedAt: orNull(moment),
    ageMs: orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
    linkSince: moment,
    progress: orNull(fc.double({ min: 0, max: 100, noNaN: true })),
    errorInfo: orNull(fc.string({ unit: "binary" })),
    notices: fc.array(
      fc.record({ code: fc.string(), since: moment, message: fc.string({ unit: "binary" }) }),
    ),
    run: orNull(fc.record({ from: moment, to: orNull(moment) })),
    nodes: fc.array(
      fc.record({
        url: fc.webUrl(),
        answered: fc.boolean(),
        since: moment,
        state: orNull(fc.string({ unit: "binary" })),
        heardAt: orNull(moment),
        version: orNull(fc.string()),
        reason: orNull(fc.string()),
      }),
    ),
  })
  .map((more) => ({ ...summary, ...more }));

/** What a schema's own way of writing comes to, read again. */
const usual = (schema: z.ZodMiniType, value: unknown): unknown =>
  JSON.parse(JSON.stringify(z.encode(schema, value)));

describe("an answer that is written by its schema", () => {
  it("says what the schema's own encoding says, whatever the texts and figures are", () => {
    const write = wireText(summarySchema);
    fc.assert(
      fc.property(summaries, (value) => {
        expect(JSON.parse(write(value))).toEqual(usual(summarySchema, value));
      }),
    );
  });

  it("does so for everything that is asked often", () => {
    const status = { state: "x", progress: 1, settings: null, error_info: null };
    const one = { ...summary, now, build: "b", status };
    expect(JSON.parse(wireText(clustersSchema)(clusters))).toEqual(usual(clustersSchema, clusters));
    expect(JSON.parse(wireText(clusterStatusSchema)(one))).toEqual(usual(clusterStatusSchema, one));
    const changes = { ...clusters, mark: "m.1", isWhole: false, agesMs: [500, null] };
    expect(JSON.parse(wireText(changesSchema)(changes))).toEqual(usual(changesSchema, changes));
  });

  it("leaves out what may be left out, and what no schema names", () => {
    const schema = z.object({ there: z.optional(time), not: z.optional(z.string()) });
    const value = { there: now, secret: "canary" };
    expect(wireText(schema)(value)).toBe('{"there":"2026-11-23T12:00:00.000Z"}');
  });

  it.each([
    ["a number that is none", { ...summary, intervalMs: Number.NaN }],
    ["a moment that is none", { ...summary, linkSince: Number.POSITIVE_INFINITY }],
  ])("is not sent with %s", (_, value) => {
    expect(() => wireText(summarySchema)(value)).toThrow("not number");
  });
});
