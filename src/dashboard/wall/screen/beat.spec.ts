import { expect, it } from "vitest";
import { now, summary } from "../../shell/summary.fixture.ts";
import { beatOf } from "./beat.ts";

const page = { now, build: "1", simulated: false, notices: [] };
const at = (receivedAtMs: number) => ({ askedAtMs: receivedAtMs - 5, receivedAtMs });

it("beats for each answer of the cluster, and not for those of our server about it", () => {
  const heard = (observedAt: number | null, receivedAtMs: number) =>
    beatOf({ answer: { ...page, ...summary({ observedAt }) }, ...at(receivedAtMs) });
  expect(heard(now, 1000)).toBe(heard(now, 2000));
  expect(heard(now, 1000)).not.toBe(heard(now + 1000, 2000));
  expect(heard(null, 1000)).toBe(heard(null, 2000));
});

it("beats for each answer of our server where it is about many clusters", () => {
  const answer = { ...page, clusters: [], nextPollInMs: 500 };
  expect(beatOf({ answer, ...at(1000) })).not.toBe(beatOf({ answer, ...at(2000) }));
});
