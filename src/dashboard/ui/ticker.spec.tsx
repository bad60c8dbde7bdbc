import { act, cleanup, render, screen } from "@testing-library/react";
import { Profiler, type ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useTickingValue } from "./ticker.ts";
import { Ticking } from "./Ticking.tsx";

let seconds = 0;
let redraws = 0;

function show(content: ReactNode) {
  return render(
    <Profiler id="ticker" onRender={() => (redraws += 1)}>
      {content}
    </Profiler>,
  );
}

function Counter(): ReactNode {
  return <Ticking text={() => `${seconds} s`} />;
}

function Old(): ReactNode {
  return useTickingValue(() => seconds > 5) ? "old" : "fresh";
}

function pass(more: number): void {
  seconds += more;
  act(() => {
    vi.advanceTimersByTime(250);
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  seconds = 0;
  redraws = 0;
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("writes what counts once a second, without redrawing what is around it", () => {
  show(<Counter />);
  pass(1);
  expect(screen.getByText("0 s"), "a quarter of a second later").toBeDefined();
  act(() => void vi.advanceTimersByTime(750));
  expect(screen.getByText("1 s")).toBeDefined();
  pass(8);
  act(() => void vi.advanceTimersByTime(750));
  expect(screen.getByText("9 s")).toBeDefined();
  expect(redraws).toBe(1);
});

it("writes no age beside a word that is yet to be redrawn", () => {
  show(
    <>
      <Old />
      <Ticking isClock text={() => `${seconds} s`} />
    </>,
  );
  seconds = 6;
  act(() => {
    vi.advanceTimersByTime(250);
    expect(screen.queryByText("6 s")).toBeNull();
  });
  expect(screen.getByText("old")).toBeDefined();
  act(() => void vi.advanceTimersByTime(1));
  expect(screen.getByText("6 s")).toBeDefined();
});

it("writes everything at once when the clock of the page shows another second", () => {
  show(
    <>
      <Ticking text={() => `${seconds * 1000} ms`} />
      <Ticking isClock text={() => `12:00:${Math.floor(seconds)}`} />
    </>,
  );
  pass(0);
  pass(0.6);
  expect(screen.getByText("0 ms")).toBeDefined();
  pass(0.6);
  expect(screen.getByText("1200 ms")).toBeDefined();
  expect(screen.getByText("12:00:1")).toBeDefined();
});

it("redraws for a value only when that changes", () => {
  show(<Old />);
  pass(2);
  pass(2);
  expect(redraws).toBe(1);
  pass(2);
  expect(screen.getByText("old")).toBeDefined();
  expect(redraws).toBe(2);
});

it("ticks seldom while the page is hidden, and is right at once when it shows again", () => {
  const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  show(<Counter />);
  visibility.mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  pass(30);
  expect(screen.getByText("0 s"), "a quarter of a second later").toBeDefined();
  act(() => void vi.advanceTimersByTime(750));
  expect(screen.getByText("30 s"), "a second later").toBeDefined();
  seconds += 30;
  visibility.mockReturnValue("visible");
  act(() => {
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(screen.getByText("60 s")).toBeDefined();
});

it("leaves no timer behind", () => {
  const { unmount } = show(<Counter />);
  expect(vi.getTimerCount()).toBe(1);
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});

it("draws a value that never stands still once a tick", () => {
  let readings = 0;
  function Running(): ReactNode {
    return useTickingValue(() => (readings += 1));
  }
  show(<Running />);
  pass(0);
  pass(0);
  expect(redraws).toBeLessThanOrEqual(4);
});
