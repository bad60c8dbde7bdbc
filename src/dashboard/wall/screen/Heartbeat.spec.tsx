import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { now } from "../../shell/summary.fixture.ts";
import { Heartbeat } from "./Heartbeat.tsx";
import { Pulse } from "./Pulse.tsx";

let beats = 0;
let playState = "running";
const play = vi.fn();
const getAnimations = vi.fn(() => [{ playState, play }]);
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
    value: getAnimations,
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

it("lays nothing out at once when an answer is drawn", () => {
  const answer = {
    now,
    build: "1",
    simulated: false,
    notices: [],
    nextPollInMs: 500,
    clusters: [],
  };
  const received = () => ({ answer, askedAtMs: 0, receivedAtMs: 0 });
  const { rerender } = render(<Pulse received={received()} zone="UTC" />);
  expect(getAnimations).toHaveBeenCalled();
  getAnimations.mockClear();
  rerender(<Pulse received={received()} zone="UTC" />);
  expect(getAnimations).not.toHaveBeenCalled();
});
