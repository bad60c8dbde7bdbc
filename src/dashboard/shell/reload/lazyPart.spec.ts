import { afterEach, expect, it, vi } from "vitest";
import { loadedOrReload } from "./lazyPart.ts";
import { tabMemory } from "./tabMemory.ts";

afterEach(() => history.replaceState(null, ""));

const gone = (): Promise<string> => Promise.reject(new TypeError("Failed to fetch"));

function browser(isServerUp: boolean) {
  return { canReload: () => Promise.resolve(isServerUp), reload: vi.fn<() => void>(), pauseMs: 5 };
}

it("loads the page anew once for a part that is missing, and tells it when it still is", async () => {
  const first = browser(true);
  void loadedOrReload("fleet", gone, first);
  await vi.waitFor(() => expect(first.reload).toHaveBeenCalledTimes(1));
  const second = browser(true);
  await expect(loadedOrReload("fleet", gone, second)).rejects.toThrow("Failed to fetch");
  expect(second.reload).not.toHaveBeenCalled();
});

it("forgets that a part was missing once it is there", async () => {
  const first = browser(true);
  void loadedOrReload("fleet", gone, first);
  await vi.waitFor(() => expect(tabMemory().missing).toEqual(["fleet"]));
  expect(await loadedOrReload("fleet", () => Promise.resolve("part"), browser(true))).toBe("part");
  expect(tabMemory().missing).toEqual([]);
});

it("waits for a server that does not answer, and then goes on without a reload", async () => {
  const down = browser(false);
  const canReload = vi.fn<() => Promise<boolean>>().mockResolvedValue(false);
  const load = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new TypeError("Failed to fetch"))
    .mockResolvedValue("part");
  const loading = loadedOrReload("fleet", load, { ...down, canReload });
  await vi.waitFor(() => expect(canReload.mock.calls.length).toBeGreaterThan(2));
  expect(load).toHaveBeenCalledTimes(1);
  canReload.mockResolvedValue(true);
  expect(await loading).toBe("part");
  expect(down.reload).not.toHaveBeenCalled();
  expect(tabMemory().missing).toEqual([]);
});

it("does not load the page anew into a server that has ended meanwhile", async () => {
  const { reload, pauseMs } = browser(true);
  const canReload = vi
    .fn<() => Promise<boolean>>()
    .mockResolvedValueOnce(true)
    .mockResolvedValue(false);
  void loadedOrReload("fleet", gone, { canReload, reload, pauseMs });
  await vi.waitFor(() => expect(canReload.mock.calls.length).toBeGreaterThan(3));
  expect(reload).not.toHaveBeenCalled();
  canReload.mockResolvedValue(true);
  await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
});
