import { expect, it } from "vitest";
import type { Span } from "../../upgrade/span.ts";
import { minute, second, Story } from "../../upgrade/testing/story.ts";
import type { LedgerView } from "../ledger.ts";
import { ClusterRuns } from "./clusterRuns.ts";

function viewOf({ spans }: Story, revision: string): LedgerView {
  return { spans: [...spans], stored: [...spans], revision, earlierMs: 0 };
}

it("cuts runs anew for a new span, or once its answer is too old for who asks", () => {
  const runs = new ClusterRuns();
  const digests = (view: LedgerView, nowMs: number, freshMs: number) =>
    runs.digests(view, 1, { keptFrom: 0, nowMs, freshMs });
  const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 40]);
  expect(digests(viewOf(story, "r1"), 0, second)).toMatchObject([{ to: null }]);
  const heardUntil = (nowMs: number, freshMs: number) =>
    digests(viewOf(story, "r1"), nowMs, freshMs)[0]?.lastHeard;
  const first = heardUntil(0, second);
  story.heard("preparing", minute, [40, 40]);
  expect(heardUntil(2 * minute, Number.POSITIVE_INFINITY)).toBe(first);
  expect(heardUntil(2 * minute, second)).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY);

  story.version = "7.2.3";
  const ended = viewOf(story.heard("idle", minute), "r2");
  expect(digests(ended, 2 * minute, Number.POSITIVE_INFINITY)).toMatchObject([
    { to: expect.any(Number) },
  ]);
});

it("goes on telling a run that memory has let go, until it is read from the history", () => {
  const runs = new ClusterRuns();
  const query = { keptFrom: 0, nowMs: 0, freshMs: 0 };
  const story = new Story().heard("idle", minute).heard("preparing", minute, [0, 40]);
  story.heard("idle", minute);
  const whole = viewOf(story, "r1");
  const [before] = runs.digests(whole, 1, query);
  story.heard("preparing", minute, [0, 3]);
  const isIdle = (span: Span) => span.kind === "status" && span.status.state.endsWith("IDLE");
  const spans = story.spans.slice(story.spans.findLastIndex(isIdle));
  const view = { ...viewOf(story, "r2"), spans, stored: spans };
  const told = runs.digests(view, 1, query);
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({ id: before?.id, to: before?.to });

  const records = whole.stored.map((span, index) => ({
    cluster: "one",
    sequence: index + 1,
    span,
  }));
  runs.takeEarlier(records, view, { isWhole: true, addresses: 1, mostRuns: 9 });
  expect(runs.digests(view, 1, query).map(({ id }) => id)).toEqual(told.map(({ id }) => id));
});
