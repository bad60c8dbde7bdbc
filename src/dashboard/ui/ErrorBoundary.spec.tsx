import { act, cleanup, render, screen } from "@testing-library/react";
import { type ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ErrorBoundary } from "./ErrorBoundary.tsx";

function Broken(): ReactNode {
  throw new Error("Nothing to draw.");
}

function show(canReload: () => Promise<boolean>, waitSeconds = 30) {
  const reload = vi.fn<() => void>();
  render(
    <ErrorBoundary onBreak={() => waitSeconds} canReload={canReload} reload={reload}>
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

it("counts down visibly, for as long as it is told to", async () => {
  const reload = show(() => Promise.resolve(true), 60);
  expect(screen.getByText(/loads itself anew in 60 s/)).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(59_000));
  expect(screen.getByText(/loads itself anew in 1 s/)).toBeDefined();
  expect(reload).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(reload).toHaveBeenCalledTimes(1);
});
