import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import type { Summary } from "../../../contract/api.ts";
import { changesSchema } from "../../../contract/changes.ts";
import { now, summary } from "../../shell/summary.fixture.ts";
import { drawFirstPicture } from "./firstPicture.ts";

function drawn(clusters: readonly Summary[]): HTMLElement {
  const root = document.createElement("div");
  root.append("Upgrade Watch asks the server …");
  const sent = z.encode(changesSchema, {
    now,
    build: "b1",
    simulated: false,
    notices: [],
    nextPollInMs: 500,
    mark: "m.1",
    isWhole: true,
    clusters: [...clusters],
    agesMs: clusters.map(({ ageMs }) => ageMs),
  });
  drawFirstPicture(root, sent);
  return root;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1870);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(980);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the wall as it was when the page was sent", () => {
  it("is no live picture: drained, in the past, with its time, and in place of what was there", () => {
    const root = drawn([
      summary({ id: "a", name: "A", headline: "Idle" }),
      summary({ id: "b", name: "B", headline: "Preparing 47 %", attention: "person" }),
    ]);
    expect(root.querySelector(".wall")?.getAttribute("data-live")).toBe("false");
    expect(root.querySelector("strong")?.textContent).toBe("Not live yet: as of 14:07:26 UTC");
    const tiles = [...root.querySelectorAll("article")].map(({ textContent }) => textContent);
    expect(tiles).toEqual(["Bwas 47\u00a0%", "Awas: Idle"]);
    expect(root.textContent).not.toContain("asks the server");
  });

  it("says so when the code of the page does not come", () => {
    const root = drawn([summary()]);
    vi.advanceTimersByTime(9_999);
    expect(root.textContent).toContain("Not live yet");
    vi.advanceTimersByTime(1);
    expect(root.textContent).toContain("Not live: the code of this page did not come. As of 14:07");
  });

  it("takes what a cluster says for text", () => {
    const root = drawn([summary({ name: "<img src=x onerror=alert(1)>" })]);
    expect(root.querySelector("img")).toBeNull();
    expect(root.querySelector("h2")?.textContent).toBe("<img src=x onerror=alert(1)>");
  });
});
