import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { Profiler, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClusterStatus } from "../../contract/api.ts";
import { hour, minute, second, start, Story } from "../../upgrade/testing/story.ts";
import type { Range } from "./axis/range.ts";
import { LiveClockProvider } from "./liveClock.ts";
import { missingWords } from "./missingWords.ts";
import { statusOf } from "./testing/status.ts";
import { StateTimeline } from "./StateTimeline.tsx";

const noop = (): void => undefined;

/** A page whose clock the test moves. */
function timelineOf(story: Story, onRender: () => void = noop, spans = story.spans) {
  const time: { now: number; heardAt: number; knownUntil?: number } = {
    now: story.now,
    heardAt: story.now - second,
  };
  const clock = {
    now: () => time.now,
    heardAt: () => time.heardAt,
    knownUntil: () => time.knownUntil ?? time.now,
  };
  const run = { from: start + minute, to: null };
  const status = statusOf(story, { run });
  const viewOf = (status: ClusterStatus, live = true, range: Range = "run"): ReactNode => (
    <LiveClockProvider value={clock}>
      <Profiler id="timeline" onRender={onRender}>
        <StateTimeline
          status={status}
          spans={spans}
          live={live}
          range={range}
          zone="UTC"
          onRange={noop}
        />
      </Profiler>
    </LiveClockProvider>
  );
  return { time, status, viewOf, view: viewOf(status) };
}

const preparing = (): Story =>
  new Story().heard("idle", minute).heard("preparing", 20 * minute, [0, 62.9]);

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("the timeline", () => {
  it("moves with every second without drawing anything again", () => {
    let renders = 0;
    const { time, view } = timelineOf(preparing(), () => {
      renders += 1;
    });
    render(view);
    // What the chart's library tells its own parts comes a frame later.
    act(() => void vi.advanceTimersByTime(second));
    const drawn = renders;
    const band = screen.getByRole("button", { name: /^Preparing, 12:01:00 to now/ });
    const widthBefore = band.style.width;
    const chartBefore = document.querySelector(".recharts-area")?.outerHTML;
    expect(chartBefore).toContain("<path");
    for (let tick = 0; tick < 20; tick += 1) {
      act(() => {
        time.now += second;
        time.heardAt += second;
        vi.advanceTimersByTime(second);
      });
    }
    expect(renders).toBe(drawn);
    expect(band.style.width).not.toBe(widthBefore);
    expect(band.getAttribute("aria-label")).toBe("Preparing, 12:01:00 to now, 20:19");
    expect(document.querySelector(".recharts-area")?.outerHTML).toBe(chartBefore);
  });

  it("does not read the history again for a poll that heard the same", () => {
    let reads = 0;
    const story = preparing();
    const spans = story.spans.map((span, index) =>
      index === 1 && span.kind === "status"
        ? {
            ...span,
            get status() {
              reads += 1;
              return span.status;
            },
          }
        : span,
    );
    const { view, viewOf, status } = timelineOf(story, noop, spans);
    const { rerender } = render(view);
    const readsBefore = reads;
    expect(readsBefore).toBeGreaterThan(0);
    rerender(viewOf({ ...status, ageMs: 100, observedAt: story.now, latencyMs: 12 }));
    expect(reads).toBe(readsBefore);
  });

  it("draws again when its axis snaps on: the detector of the test before works", () => {
    let renders = 0;
    const { time, view } = timelineOf(preparing(), () => {
      renders += 1;
    });
    render(view);
    const drawn = renders;
    act(() => {
      time.now += hour;
      vi.advanceTimersByTime(second);
    });
    expect(renders).toBeGreaterThan(drawn);
  });

  it("has one tab stop, and arrow keys, Home and End go from band to band", () => {
    const { view } = timelineOf(preparing().heard("prepared", 5 * minute));
    render(view);
    const bands = within(screen.getByRole("group", { name: /^States/ })).getAllByRole("button");
    expect(bands.map(({ tabIndex }) => tabIndex).filter((index) => index === 0)).toHaveLength(1);
    const last = bands.at(-1);
    act(() => last?.focus());
    const press = (key: string): string | null => {
      fireEvent.keyDown(document.activeElement ?? document.body, { key });
      return document.activeElement?.getAttribute("aria-label") ?? null;
    };
    expect(press("ArrowLeft")).toMatch(/^Preparing, /);
    expect(press("Home")).toBe(bands[0]?.getAttribute("aria-label"));
    expect(press("ArrowLeft")).toBe(bands[0]?.getAttribute("aria-label"));
    expect(press("End")).toMatch(/^Prepared, .* to now, /);
    expect(document.activeElement?.getAttribute("tabindex")).toBe("0");
  });

  it("reads the moment under the keyboard's cursor", () => {
    const { view } = timelineOf(preparing());
    render(view);
    const slider = screen.getByRole("slider", { name: "Moment on the timeline" });
    fireEvent.change(slider, { target: { value: "10" } });
    expect(slider.getAttribute("aria-valuetext")).toMatch(/^12:0\d:\d\d, (Idle|Preparing)/);
  });

  it("is a figure with a summary and three tables for those who can't see it", () => {
    const { view } = timelineOf(preparing());
    render(view);
    expect(screen.getByRole("region", { name: "State timeline" })).toBeDefined();
    expect(screen.getByRole("figure", { name: "Progress" }).textContent).toMatch(/From 0 % at/);
    expect(screen.getAllByRole("table")).toHaveLength(3);
    expect(screen.getByRole("row", { name: /Preparing 12:01:00 now/ })).toBeDefined();
  });

  it("claims nothing of a history that is not there", () => {
    const { status } = timelineOf(preparing());
    const viewOf = (missing: string | null): ReactNode => (
      <StateTimeline {...{ status, missing }} spans={[]} live range="run" zone="UTC" />
    );
    const { rerender } = render(viewOf(missingWords({ spans: undefined, failure: null })));
    const figure = screen.getByRole("figure", { name: "Progress" });
    expect(figure.textContent).toContain("Asking for what was heard …");
    expect(figure.textContent).not.toContain("No preparation was heard");
    rerender(viewOf(missingWords({ spans: undefined, failure: new Error("The disk is gone") })));
    expect(figure.textContent).toContain("The disk is gone. It is asked for again.");
    expect(figure.textContent).not.toContain("No preparation was heard");
    rerender(viewOf(null));
    expect(figure.textContent).toContain("No preparation was heard");
  });

  it("does not wait for the rows of its tables: they follow the picture", () => {
    const { view } = timelineOf(preparing());
    const page = document.createElement("div");
    const root = createRoot(page);
    flushSync(() => root.render(view));
    expect(page.querySelectorAll("table")).toHaveLength(3);
    expect(page.querySelector("td")).toBeNull();
    act(() => root.render(view));
    expect(page.querySelectorAll("td").length).toBeGreaterThan(20);
    act(() => root.unmount());
  });

  it("ends the last state in the table with the last answer, once nobody hears of it any more", () => {
    const { view, viewOf, status } = timelineOf(preparing());
    const { rerender } = render(view);
    rerender(viewOf(status, false));
    const row = { name: /Preparing 12:01:00 not heard since 12:20:59 19:59/ };
    expect(screen.getByRole("row", row)).toBeDefined();
  });

  it("leaves a day's line alone for a second that no screen can show, and moves it with the time", () => {
    const { time, status, viewOf } = timelineOf(preparing());
    const { container } = render(viewOf(status, true, "24h"));
    const level = container.querySelector("path[vector-effect]:last-of-type");
    const drawn = vi.spyOn(level ?? document.body, "setAttribute");
    const pass = (ms: number): void =>
      act(() => {
        time.now += ms;
        time.heardAt += ms;
        vi.advanceTimersByTime(second);
      });
    pass(1);
    expect(drawn).not.toHaveBeenCalled();
    pass(minute);
    expect(drawn).toHaveBeenCalledOnce();
  });

  it("grows a wedge between the last answer and now", () => {
    const { time, view } = timelineOf(preparing());
    const { container } = render(view);
    act(() => {
      time.now += 10 * second;
      vi.advanceTimersByTime(second);
    });
    const wedge = container.querySelector<HTMLElement>(".hatch-stale");
    expect(Number.parseFloat(wedge?.style.width ?? "0")).toBeGreaterThan(0);
  });

  it("lets no silence grow that nobody knows of, once our own server is lost", () => {
    const story = preparing().silent(minute);
    const { time, view } = timelineOf(story);
    const { container } = render(view);
    const band = screen.getByRole("button", { name: /^No answer, .* to now, 01:00/ });
    act(() => {
      time.knownUntil = time.now;
      time.now += minute;
      vi.advanceTimersByTime(second);
    });
    expect(band.getAttribute("aria-label")).toMatch(/01:00$/);
    const wedge = container.querySelector<HTMLElement>(".hatch-stale");
    expect(Number.parseFloat(wedge?.style.width ?? "0")).toBeGreaterThan(0);
  });
});
