import { expect, test } from "@playwright/test";
import type { Span } from "../../src/upgrade/span.ts";
import type { JournalEntry } from "./world.ts";
import { disagreementOf } from "./truth.ts";

const hour = 3_600_000;
const watched = { from: 0, to: 10 * hour };
const idle = "UPGRADE_STATE_IDLE";
const preparing = "UPGRADE_STATE_PREPARING";

function was(fromHour: number, state: string): JournalEntry {
  return { from: fromHour * hour, state, kind: "answering" };
}

function told(fromHour: number, toHour: number, state: string): Span {
  return {
    kind: "status",
    from: fromHour * hour,
    to: toHour * hour,
    polls: 1,
    node: null,
    version: null,
    status: { state, progress: null, settings: null, error_info: null },
  };
}

const journal = [was(0, idle), was(4, preparing), was(6, idle)];
const spans = [told(0, 4, idle), told(4, 6, preparing), told(6, 10, idle)];
const judge = (told: readonly Span[], lived: readonly JournalEntry[]) =>
  disagreementOf(told, lived, watched, [], hour / 10);

test("a history that tells what was disagrees with nothing, one that doesn't does", () => {
  expect(judge(spans, journal)).toEqual({ invented: [], missing: [], slandered: [] });
  expect(judge(spans.slice(0, 1), journal).missing).toHaveLength(2);
  expect(judge([...spans, told(8, 9, preparing)], journal).invented).toHaveLength(1);
});

test("what the clusters do after the end is not looked for", () => {
  const lived = [...journal, was(12, preparing), was(14, idle)];
  expect(judge(spans, lived)).toEqual({ invented: [], missing: [], slandered: [] });
});
