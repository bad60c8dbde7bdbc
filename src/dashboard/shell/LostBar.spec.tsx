import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../api/fetchJson.ts";
import { steadyNowMs } from "../api/steadyClock.ts";
import { FreshnessLine } from "./FreshnessLine.tsx";
import { LostBar } from "./LostBar.tsx";
import type { PageAnswer } from "./pageAnswer.ts";
import { now, summary } from "./summary.fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function received(answer: PageAnswer) {
  const at = steadyNowMs();
  return { answer, askedAtMs: at, receivedAtMs: at };
}

const cluster = (changes = {}): PageAnswer => ({ ...summary(changes), now, build: "1" });
const isLive = (): string | undefined => document.documentElement.dataset["live"];
const pass = (durationMs: number): void => act(() => void vi.advanceTimersByTime(durationMs));

describe("a lost server", () => {
  it("is told across the top by the server's own time, drains the page, and heals with an answer", () => {
    const { rerender } = render(
      <LostBar received={received(cluster())} zone="Europe/Paris" error={null} />,
    );
    pass(2900);
    expect(screen.getByRole("alert").textContent).toBe("");
    expect(isLive()).toBe("true");
    pass(500);
    expect(screen.getByRole("alert").textContent).toBe("Not updating since 15:07:26");
    expect(isLive()).toBe("false");
    rerender(<LostBar received={received(cluster())} zone="Europe/Paris" error={null} />);
    pass(250);
    expect(screen.getByRole("alert").textContent).toBe("");
    expect(isLive()).toBe("true");
  });

  it("is told with its reason where there never was an answer", () => {
    render(
      <LostBar
        received={undefined}
        zone="UTC"
        error={new ApiError("unreachable", "The server can't be reached.")}
      />,
    );
    expect(screen.getByRole("alert").textContent).toBe(
      "Not updating: The server can't be reached.",
    );
  });
});

describe("a server that refuses", () => {
  it("is told with its own words, but for a 401, which is told where one signs in", () => {
    const answer = received(cluster());
    const refused = (httpStatus: number) =>
      new ApiError("http", "Too many requests came from here.", { httpStatus });
    const { rerender } = render(<LostBar received={answer} zone="UTC" error={refused(429)} />);
    pass(3500);
    expect(screen.getByRole("alert").textContent).toBe(
      "Not updating since 14:07:26: Too many requests came from here.",
    );
    rerender(<LostBar received={answer} zone="UTC" error={refused(401)} />);
    expect(screen.getByRole("alert").textContent).toBe("Not updating since 14:07:26");
  });
});

describe("the freshness of a page", () => {
  const word = (): string | null => screen.getByRole("status", { name: "Freshness" }).textContent;

  it("turns from Live to Stale by itself, while only the age counts beside it", () => {
    render(<FreshnessLine received={received(cluster({ nextPollInMs: 4000 }))} zone="UTC" />);
    expect(word()).toBe("Live");
    pass(2000);
    expect(word()).toBe("Live");
    expect(screen.getByText("2.4 s ago")).toBeDefined();
    pass(1000);
    expect(word()).toBe("Stale");
  });

  it("says when a cluster that is away as expected was last heard", () => {
    render(
      <FreshnessLine received={received(cluster({ link: "away", ageMs: 60_000 }))} zone="UTC" />,
    );
    expect(word()).toBe("Last heard 14:07:25");
  });
});
