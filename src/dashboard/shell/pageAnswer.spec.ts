import { describe, expect, it } from "vitest";
import { summary } from "./summary.fixture.ts";
import { clustersOf, datedPage, nodeName } from "./pageAnswer.ts";

const common = { now: 9000, nextPollInMs: 500, simulated: false, notices: [], build: "1" };
const times = { askedAtMs: 1, receivedAtMs: 2 };

describe("the freshness of a page", () => {
  it("is that of its cluster", () => {
    const cluster = {
      ...summary(),
      ...common,
      observedAt: null,
      ageMs: null,
      staleAfterMs: 3000,
      link: "unseen",
    } as const;
    expect(clustersOf(cluster)).toEqual([cluster]);
    expect(datedPage({ answer: cluster, ...times })).toMatchObject({ answer: { link: "unseen" } });
  });

  it("is that of the answer where the page is about many clusters", () => {
    expect(datedPage({ answer: { ...common, clusters: [] }, ...times })).toMatchObject({
      answer: { link: "answering", ageMs: 0, observedAt: 9000 },
      ...times,
    });
  });
});

it.each([
  ["https://10.20.0.12:8000", "10.20.0.12"],
  ["https://10.20.0.11:8443", "10.20.0.11:8443"],
  ["https://lon.example:9443/", "lon.example:9443"],
  ["https://[2001:db8::1]:8000", "[2001:db8::1]"],
  ["not an address", "not an address"],
])("calls the node at %s %s", (url, name) => {
  expect(nodeName(url)).toBe(name);
});
