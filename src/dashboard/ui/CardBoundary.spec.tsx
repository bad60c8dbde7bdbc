import { act, cleanup, render, screen } from "@testing-library/react";
import { type ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CardBoundary } from "./CardBoundary.tsx";

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

/** Two cards side by side, of which the first breaks for as long as it is told to. */
function show() {
  const draw = vi.fn<() => string>(() => {
    throw new Error("Nothing to draw.");
  });
  function Card(): ReactNode {
    return <p>{draw()}</p>;
  }
  render(
    <>
      <CardBoundary renderBroken={(message) => <p>Broke: {message}</p>}>
        <Card />
      </CardBoundary>
      <p>Beside it</p>
    </>,
  );
  return draw;
}

const pass = (durationMs: number): Promise<void> =>
  act(async () => void (await vi.advanceTimersByTimeAsync(durationMs)));

it("keeps a fault to its own part and draws that again by itself", async () => {
  const draw = show();
  expect(screen.getByText("Broke: Nothing to draw.")).toBeDefined();
  expect(screen.getByText("Beside it")).toBeDefined();
  draw.mockReturnValue("Drawn");
  await pass(5000);
  expect(screen.getByText("Drawn")).toBeDefined();
});

it("tries ever more seldom where that does not help", async () => {
  const draw = show();
  const waits: number[] = [];
  let before = draw.mock.calls.length;
  for (let second = 1, since = 0; waits.length < 8; second++) {
    // oxlint-disable-next-line no-await-in-loop
    await pass(1000);
    if (draw.mock.calls.length > before) {
      before = draw.mock.calls.length;
      waits.push(second - since);
      since = second;
    }
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
});
