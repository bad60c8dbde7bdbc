import { describe, expect, it } from "vitest";
import { asDated, type Dated, freshnessOf } from "./freshness.ts";

const answer: Dated = {
  now: Date.UTC(2026, 10, 23, 12),
  observedAt: Date.UTC(2026, 10, 23, 12) - 400,
  ageMs: 400,
  staleAfterMs: 3000,
  link: "answering",
  nextPollInMs: 600,
};

describe("freshness", () => {
  it("is live while the age, counted on from the server's, is within three intervals", () => {
    expect(freshnessOf(answer, 600)).toMatchObject({ word: "Live", ageMs: 1000, live: true });
    expect(freshnessOf(answer, 2700)).toMatchObject({ word: "Stale", ageMs: 3100, live: false });
  });

  it("is not updating once our own server is silent, whatever it last said", () => {
    for (const link of ["answering", "away", "outage", "unseen"] as const) {
      expect(freshnessOf({ ...answer, link }, 3001)).toMatchObject({
        word: "Stale",
        proxyLost: true,
        live: false,
      });
    }
  });

  it("keeps the colours of an expected absence, and says when it was last heard", () => {
    expect(freshnessOf({ ...answer, link: "away", ageMs: 252_000 }, 0)).toMatchObject({
      word: "Last heard",
      live: true,
    });
  });

  it("drains in an outage, and while what is known is from before the start", () => {
    for (const link of ["outage", "denied", "unseen"] as const) {
      expect(freshnessOf({ ...answer, link }, 0)).toMatchObject({ word: "Stale", live: false });
    }
  });

  it("takes a slow answer for older, not for a lost server", () => {
    expect(freshnessOf({ ...answer, nextPollInMs: 100 }, 3500, 100)).toMatchObject({
      word: "Stale",
      ageMs: 3900,
      proxyLost: false,
    });
  });

  it("calls the server lost as soon on the page of an idle cluster as on any other", () => {
    const idle = { ...answer, nextPollInMs: 4970, staleAfterMs: 15_000 };
    expect(freshnessOf(idle, 2900).proxyLost).toBe(false);
    expect(freshnessOf(idle, 3001)).toMatchObject({ proxyLost: true, live: false });
  });

  it("is that of the answer itself where a page is about many clusters", () => {
    const many = asDated({ now: 5, nextPollInMs: 500 });
    expect(freshnessOf(many, 700)).toMatchObject({ word: "Live", ageMs: 700 });
    expect(freshnessOf(many, 3001)).toMatchObject({ word: "Stale", proxyLost: true });
  });

  it("claims no age where nothing was ever heard", () => {
    expect(
      freshnessOf({ ...answer, ageMs: null, observedAt: null, link: "unseen" }, 0),
    ).toMatchObject({
      word: "Stale",
      ageMs: null,
    });
  });
});
