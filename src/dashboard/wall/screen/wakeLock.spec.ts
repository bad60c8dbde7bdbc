import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepScreenOn, type Screen } from "./wakeLock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("says that a screen is not kept on where the browser has no wake lock", async () => {
  const tell = vi.fn<(isKeptOn: boolean) => void>();
  const lock = keepScreenOn({ request: undefined, document }, tell);
  await vi.advanceTimersByTimeAsync(0);
  expect(tell).toHaveBeenLastCalledWith(false);
  lock.stop();
});

it("asks again after a refusal, once a minute, and no more once it is stopped", async () => {
  const request = vi
    .fn<NonNullable<Screen["request"]>>()
    .mockRejectedValue(new DOMException("Not now", "NotAllowedError"));
  const tell = vi.fn<(isKeptOn: boolean) => void>();
  const lock = keepScreenOn({ request, document }, tell);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(request).toHaveBeenCalledTimes(3);
  expect(tell).toHaveBeenLastCalledWith(false);
  lock.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(request).toHaveBeenCalledTimes(3);
});
