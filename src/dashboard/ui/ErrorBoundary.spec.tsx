import { cleanup, render, screen } from "@testing-library/react";
import { act, type ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ErrorBoundary } from "./ErrorBoundary.tsx";

function Broken(): ReactNode {
  throw new Error("Nothing to draw.");
}

function show(canReload: () => Promise<boolean>) {
  const reload = vi.fn<() => void>();
  render(
    <ErrorBoundary canReload={canReload} reload={reload}>
      <Broken />
    </ErrorBoundary>,
  );
  return reload;
}

beforeEach(() => {
  vi.useFakeTimers();
  // React reports what the boundary catches; here that is what is asked for.
  vi.spyOn(console, "error").mockReturnValue(undefined);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("says that the page broke and why, and loads it anew once the server answers", async () => {
  const reload = show(() => Promise.resolve(true));
  expect(screen.getByRole("alert").textContent).toContain("Nothing to draw.");
  await act(() => vi.advanceTimersByTimeAsync(29_000));
  expect(reload).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(3000));
  expect(reload).toHaveBeenCalledTimes(1);
});

it("never reloads into a server that is not there, and goes on trying", async () => {
  const canReload = vi
    .fn<() => Promise<boolean>>()
    .mockRejectedValueOnce(new TypeError("Failed to fetch"))
    .mockResolvedValueOnce(false)
    .mockResolvedValue(true);
  const reload = show(canReload);
  await act(() => vi.advanceTimersByTimeAsync(70_000));
  expect(canReload).toHaveBeenCalledTimes(2);
  expect(reload).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(40_000));
  expect(reload).toHaveBeenCalledTimes(1);
});
