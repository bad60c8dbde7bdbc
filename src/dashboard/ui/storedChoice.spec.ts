import { describe, expect, it, vi } from "vitest";
import { createStoredChoice } from "./storedChoice.ts";

const themes = ["system", "dark", "light"] as const;

function kept(value: string | null) {
  const items = new Map(value === null ? [] : [["theme", value]]);
  return {
    items,
    keep: () => ({
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, next: string) => void items.set(key, next),
    }),
  };
}

const refuse = (): never => {
  throw new Error("The operation is insecure.");
};

describe("a stored choice", () => {
  it.each([
    ["", null, "system"],
    ["", "dark", "dark"],
    ["?theme=light", "dark", "light"],
    ["?theme=pink", "dark", "dark"],
    ["?theme=pink", "toString", "system"],
  ])("from address %j and storage %j is %s", (search, stored, chosen) => {
    expect(createStoredChoice("theme", themes, search, kept(stored).keep).get()).toBe(chosen);
  });

  it("is kept, and its listeners hear of it until they leave", () => {
    const { items, keep } = kept(null);
    const choice = createStoredChoice("theme", themes, "", keep);
    const listener = vi.fn<() => void>();
    const leave = choice.subscribe(listener);
    choice.set("light");
    leave();
    choice.set("dark");
    expect(listener).toHaveBeenCalledTimes(1);
    expect(items.get("theme")).toBe("dark");
  });

  it("holds where the storage is refused", () => {
    const choice = createStoredChoice("theme", themes, "", refuse);
    choice.set("dark");
    expect(choice.get()).toBe("dark");
  });
});
