import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Heartbeat } from "./Heartbeat.tsx";

let beats = 0;
let playState = "running";
const play = vi.fn();
const beat = (): number => beats;

/** A second passes, with so many answers in it. */
function second(answers: number): void {
  beats += answers;
  act(() => void vi.advanceTimersByTime(1000));
}

beforeEach(() => {
  vi.useFakeTimers();
  beats = 0;
  playState = "finished";
  play.mockReset();
  Object.defineProperty(SVGElement.prototype, "getAnimations", {
    configurable: true,
    value: () => [{ playState, play }],
  });
});
afterEach(() => {
  cleanup();
  Reflect.deleteProperty(SVGElement.prototype, "getAnimations");
  vi.useRealTimers();
});

it("runs once in a second in which answers came, and not in one without", () => {
  render(<Heartbeat beat={beat} isFlat={false} />);
  play.mockReset();
  second(3);
  expect(play).toHaveBeenCalledTimes(1);
  second(0);
  expect(play).toHaveBeenCalledTimes(1);
  second(1);
  expect(play).toHaveBeenCalledTimes(2);
});

it("tells of an answer that came while it still ran when it is over", () => {
  render(<Heartbeat beat={beat} isFlat={false} />);
  play.mockReset();
  playState = "running";
  second(1);
  expect(play).not.toHaveBeenCalled();
  playState = "finished";
  second(0);
  expect(play).toHaveBeenCalledTimes(1);
});

it("lies flat without a pulse", () => {
  const { container } = render(<Heartbeat beat={beat} isFlat />);
  second(1);
  expect(container.querySelector("svg")).toBeNull();
  expect(play).not.toHaveBeenCalled();
});
