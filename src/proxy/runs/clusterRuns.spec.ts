import fc from "fast-check";
import { expect, it } from "vitest";
import type { Span } from "../../upgrade/span.ts";
import { minute, second, softwareSettings, Story } from "../../upgrade/testing/story.ts";
import type { SpanRecord } from "../history/disk/row.ts";
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

function recordsOf(spans: readonly Span[]): readonly SpanRecord[] {
  return spans.map((span, index) => ({ cluster: "one", sequence: index + 1, span }));
}

const step = fc.record({
  state: fc.constantFrom("idle", "idle", "preparing", "prepared", "committing", "rebooting"),
  polls: fc.integer({ min: 1, max: 4 }),
  silentPolls: fc.constantFrom(0, 0, 1, 5),
  unwatchedMs: fc.constantFrom(0, 0, 0, 20 * second),
  target: fc.constantFrom("7.2.3", "7.2.4"),
  version: fc.constantFrom("7.1.4", "7.2.3", "7.2.4"),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function spansOf(steps: readonly Step[]): readonly Span[] {
  const story = new Story();
  for (const { state, polls, silentPolls, unwatchedMs, target, version } of steps) {
    story.settings = { ...softwareSettings, target_version: target };
    story.version = version;
    story.heard(state, polls * second);
    if (silentPolls > 0) {
      story.silent(silentPolls * second);
    }
    if (unwatchedMs > 0) {
      story.unwatched(unwatchedMs);
    }
  }
  return story.spans;
}

/** Where a run is, without what may lie before its first answer. */
function placeOf(runs: ClusterRuns, id: string, view: LedgerView) {
  const where = runs.find(id, view, 1, 0);
  return where?.kind === "stored" ? [where.first, where.last] : where?.record;
}

const half = fc.double({ min: 0.5, max: 1, noNaN: true });

it("tells the same of what it read in two parts as of all of it", () => {
  const rules = { addresses: 1, mostRuns: 200 };
  const query = { keptFrom: 0, nowMs: 0, freshMs: 0 };
  let joined = 0;
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 10, maxLength: 40 }),
      fc.record({ heardEarly: half, ledgerEarly: half, ledgerLate: half }),
      fc.integer({ min: 0, max: 3 }),
      (steps, { heardEarly, ledgerEarly, ledgerLate }, more) => {
        const upTo = (share: number) => spansOf(steps.slice(0, Math.ceil(share * steps.length)));
        const viewFrom = (spans: readonly Span[], place: number): LedgerView => {
          const stored = spans.slice(place);
          return { spans: stored, stored, revision: `r${place}`, earlierMs: 0 };
        };
        const early = upTo(heardEarly);
        const all = upTo(1);
        const earlyPlace = Math.floor(ledgerEarly * early.length);
        const viewEarly = viewFrom(early, earlyPlace);
        const view = viewFrom(all, Math.max(earlyPlace, Math.floor(ledgerLate * all.length)));

        const inParts = new ClusterRuns();
        inParts.takeEarlier(recordsOf(early), viewEarly, {
          ...rules,
          isWhole: true,
        });
        const neededFrom = inParts.neededFrom(view);
        const isWhole = neededFrom === 0;
        joined += isWhole ? 0 : 1;
        const records = recordsOf(all).slice(isWhole ? 0 : Math.max(0, neededFrom - 1 - more));
        inParts.takeEarlier(records, view, { ...rules, isWhole });

        const atOnce = new ClusterRuns();
        atOnce.takeEarlier(recordsOf(all), view, { ...rules, isWhole: true });
        const expected = atOnce.digests(view, 1, query);
        expect(inParts.digests(view, 1, query)).toEqual(expected);
        for (const { id } of expected) {
          expect(placeOf(inParts, id, view)).toEqual(placeOf(atOnce, id, view));
        }
      },
    ),
  );
  expect(joined).toBeGreaterThan(10);
});

it("reads all of the history again once what is past is dated anew", () => {
  const runs = new ClusterRuns();
  const story = new Story();
  for (const target of ["7.2.3", "7.2.4", "7.2.5"]) {
    story.heard("idle", minute).heard("preparing", minute, [0, 100]).heard("committing", minute);
    story.version = target;
  }
  story.heard("idle", minute);
  const records = recordsOf(story.spans);
  const spans = story.spans.slice(-1);
  const view = { ...viewOf(story, "r1"), spans, stored: spans };
  expect(runs.neededFrom(view)).toBe(0);
  runs.takeEarlier(records, view, { isWhole: true, addresses: 1, mostRuns: 9 });
  expect(runs.neededFrom(view)).toBeGreaterThan(1);
  expect(runs.neededFrom({ ...view, earlierMs: 5 * second })).toBe(0);
});
