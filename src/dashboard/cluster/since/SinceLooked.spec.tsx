import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { minute, start, Story } from "../../../upgrade/testing/story.ts";
import { fetchJson } from "../../api/fetchJson.ts";
import { askers } from "../../api/asker.ts";
import { eventsOf } from "../events.ts";
import SinceLooked from "./SinceLooked.tsx";

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const story = new Story().heard("idle", 10 * minute).heard("preparing", 10 * minute, [0, 99]);
const events = eventsOf(story.heard("prepared", minute).spans, 1);
const at = (minutes: number, client = new QueryClient()) => (
  <QueryClientProvider client={client}>
    <SinceLooked
      cluster="one"
      now={start + minutes * minute}
      events={events}
      from={start}
      zone="UTC"
    />
  </QueryClientProvider>
);
const list = () => screen.queryByRole("region", { name: "Since you last looked" });

it("tells who comes back to a hidden page what changed, until that is dismissed", () => {
  const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  const { rerender } = render(at(1));
  rerender(at(2));
  visibility.mockReturnValue("hidden");
  rerender(at(8));
  rerender(at(12));
  expect(list()).toBeNull();
  visibility.mockReturnValue("visible");
  fireEvent(document, new Event("visibilitychange"));
  expect(list()?.textContent).toContain("Idle → Preparing");
  expect(list()?.textContent).toContain("12:02");
  expect(screen.getByRole("status").textContent).toContain("1 change;");
  rerender(at(13));
  expect(list()).not.toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(list()).toBeNull();
  expect(screen.getByRole("status").textContent).toBe("");
});

it("says nothing after a short while, where nothing changed, or where another tab was looked at", () => {
  const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  const { rerender } = render(at(2));
  visibility.mockReturnValue("hidden");
  rerender(at(12));
  localStorage.setItem("looked", JSON.stringify({ "cluster one": start + 11 * minute }));
  visibility.mockReturnValue("visible");
  rerender(at(12));
  fireEvent(document, new Event("visibilitychange"));
  expect(list()).toBeNull();
  rerender(at(16));
  rerender(at(30));
  expect(list()?.textContent).toContain("Preparing → Prepared");
  rerender(at(60));
  expect(list()).toBeNull();
});

it("takes a replay for no look, and tells nothing in it", () => {
  localStorage.setItem("looked", JSON.stringify({ "cluster one": start }));
  const client = new QueryClient();
  askers.set(client, fetchJson);
  render(at(30, client));
  expect(list()).toBeNull();
  expect(localStorage.getItem("looked")).toBe(JSON.stringify({ "cluster one": start }));
});
