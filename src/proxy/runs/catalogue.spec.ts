import { expect, it } from "vitest";
import type { Span } from "../../upgrade/span.ts";
import { minute, second, start, Story } from "../../upgrade/testing/story.ts";
import { openMemoryHistory } from "../history/testing/memory.fixture.ts";
import type { LedgerView } from "../ledger.ts";
import { type Picture, pictureOf } from "../picture.ts";
import { clusterNamed } from "../testing/configuration.ts";
import { manualClock } from "../testing/manualClock.ts";
import { openRunCatalogue } from "./catalogue.ts";

const everyRun = { clusters: null, from: null, to: null, outcomes: null, words: [], limit: 1000 };

function upgrade(story: Story): void {
  story.heard("preparing", 2 * minute, [0, 100]).heard("committing", 5 * second);
  story.heard("idle", minute);
}

function pictureFrom(spans: readonly Span[], revision: string): Picture {
  const view: LedgerView = { spans, stored: spans, revision, earlierMs: 0 };
  const besides = { reboot: null, blockedReason: null, clusterName: null };
  return pictureOf(view, besides, {
    startedAt: start,
    tried: true,
    intervalMs: second,
    nextAnswerAt: start,
    node: null,
    latencyMs: null,
    nodes: [],
    notices: [],
  });
}

it("reads a long history once, and then only what came since", async () => {
  const story = new Story().heard("idle", minute);
  for (let done = 0; done < 30; done += 1) {
    upgrade(story);
  }
  const clock = manualClock(start);
  const asked: (number | null)[] = [];
  let picture = pictureFrom(story.spans.slice(-1), "r1");
  const catalogue = openRunCatalogue({
    watches: () =>
      new Map([["one", { cluster: () => clusterNamed("one"), picture: () => picture }]]),
    history: {
      ...openMemoryHistory(clock, "not on disk"),
      page: async (cluster, before, limit) => {
        asked.push(before);
        return story.spans
          .map((span, index) => ({ cluster, sequence: index + 1, span }))
          .filter(({ sequence }) => before === null || sequence < before)
          .slice(-limit);
      },
    },
    clock,
    log: { warn: (message) => expect.fail(message) },
  });
  catalogue.start();
  await clock.pass(minute);
  expect(asked.length).toBeGreaterThan(2);
  expect(catalogue.list(everyRun).runs).toMatchObject({ complete: true, left: 0 });
  expect(catalogue.list(everyRun).runs.runs).toHaveLength(30);

  upgrade(story);
  picture = pictureFrom(story.spans.slice(-1), "r2");
  asked.length = 0;
  await clock.pass(minute);
  expect(asked).toEqual([null]);
  const { runs, complete } = catalogue.list(everyRun).runs;
  expect(complete).toBe(true);
  expect(new Set(runs.map(({ id }) => id)).size).toBe(31);
  catalogue.stop();
});
