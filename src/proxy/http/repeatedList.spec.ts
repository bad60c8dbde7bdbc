import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { type Summary, summarySchema } from "../../contract/api.ts";
import { repeatedList } from "./repeatedList.ts";
import { now, summary } from "./testing.ts";

const node = {
  url: "https://10.20.0.11:8000",
  answered: true,
  since: now,
  state: "UPGRADE_STATE_IDLE",
  heardAt: now,
  version: "7.8.0",
  reason: null,
};
const parts = [["nodes"], ["observedAt", "ageMs"]];

const usual = (value: Summary[]): unknown =>
  JSON.parse(JSON.stringify(z.encode(z.array(summarySchema), value)));

describe("a list that is written again and again", () => {
  it("says at every time what its members say then, whichever of their values changed", () => {
    const write = repeatedList(summarySchema, parts);
    const lists = [
      [summary],
      [summary, { ...summary, id: "ny" }],
      [
        { ...summary, ageMs: 750 },
        { ...summary, id: "ny" },
      ],
      [
        { ...summary, id: "ny" },
        { ...summary, ageMs: 750 },
      ],
      [{ ...summary, headline: "Stalled" }],
      [{ ...summary, labels: { ...summary.labels } }],
      [{ ...summary, labels: { site: "paris" } }],
      [{ ...summary, labels: { place: "paris" } }],
      [{ ...summary, run: null }],
      [{ ...summary, run: { from: now, to: now } }],
      [{ ...summary, nodes: [node] }],
      [{ ...summary, nodes: [{ ...node, heardAt: now + 1000 }] }],
      [{ ...summary, nodes: [{ ...node, heardAt: null, answered: false }] }],
      [{ ...summary, notices: [{ code: "a", since: now, message: "b" }] }],
      [],
      [summary],
    ];
    for (const list of lists) {
      expect(JSON.parse(`[${write(list)}]`)).toEqual(usual(list));
    }
  });

  it("asks nothing of what lasts when only what changes often is another", () => {
    let read = 0;
    const labels = {
      get site() {
        read += 1;
        return "london";
      },
    };
    const write = repeatedList(summarySchema, parts);
    write([{ ...summary, labels }]);
    const first = read;
    expect(write([{ ...summary, labels, ageMs: 750 }])).toContain('"ageMs":750');
    expect(first).toBeGreaterThan(0);
    expect(read).toBe(first);
  });

  it("is not sent with a value of another type, and goes on after it", () => {
    const write = repeatedList(summarySchema, parts);
    write([summary]);
    expect(() => write([{ ...summary, intervalMs: Number.NaN }])).toThrow("not number");
    expect(JSON.parse(`[${write([summary])}]`)).toEqual(usual([summary]));
  });
});
