import { afterEach, describe, expect, it } from "vitest";
import { remember, tabMemory } from "./tabMemory.ts";

afterEach(() => history.replaceState(null, ""));

describe("what a tab remembers over a reload", () => {
  it("is nothing at first, and then what it was told, beside what others keep there", () => {
    expect(tabMemory()).toEqual({ build: null, breaks: 0, missing: [] });
    history.replaceState({ other: 1 }, "");
    remember({ build: "b2" });
    remember({ breaks: 2 });
    expect(tabMemory()).toEqual({ build: "b2", breaks: 2, missing: [] });
    expect(history.state).toMatchObject({ other: 1 });
  });

  it.each([null, 7, "x", { upgradeWatch: 1 }, { upgradeWatch: { build: 1, breaks: "many" } }])(
    "is nothing where it is corrupt: %j",
    (state) => {
      history.replaceState(state, "");
      expect(tabMemory()).toEqual({ build: null, breaks: 0, missing: [] });
      remember({ breaks: 1 });
      expect(tabMemory().breaks).toBe(1);
    },
  );
});
