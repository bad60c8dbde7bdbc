import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import type { ClusterStatus } from "../../contract/api.ts";
import { minute, rollingSettings, Story } from "../../upgrade/testing/story.ts";
import { ClusterView } from "./ClusterView.tsx";
import { LiveClockProvider } from "../timeline/liveClock.ts";
import { statusOf } from "../timeline/testing/status.ts";

const noop = (): void => undefined;

/** There is no server here: nothing is asked. */
const silent = new QueryClient({ defaultOptions: { queries: { enabled: false } } });

function show(story: Story, changes: Partial<ClusterStatus> = {}, live = true): void {
  const clock = {
    now: () => story.now,
    heardAt: () => story.now,
    knownUntil: () => story.now,
  };
  render(
    <QueryClientProvider client={silent}>
      <LiveClockProvider value={clock}>
        <ClusterView
          status={statusOf(story, changes)}
          history={{ spans: story.spans, failure: null }}
          live={live}
          isLost={false}
          zone="UTC"
          rangeText={null}
          onRange={noop}
        />
      </LiveClockProvider>
    </QueryClientProvider>,
  );
}

/** Its code, with the charting library beside it, is loaded after the first paint. */
const comesLater = { timeout: 20_000 };
const manual = { ...rollingSettings, auto_commit: false };

function preparing(): Story {
  const story = new Story().heard("idle", minute);
  story.settings = manual;
  return story.heard("preparing", minute, [0, 37]);
}

describe("the cluster page", () => {
  it("says nothing of the connection and raises no alert while all is well", () => {
    show(preparing());
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Preparing");
    expect(screen.getByRole("status", { name: "Connection" }).textContent).toBe("");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.queryByText("qq upgrade_cluster commit")).toBeNull();
  });

  it("says nothing of what happened until the history is there, but why it can't be had", async () => {
    const story = preparing();
    const viewOf = (
      spans: typeof story.spans | undefined,
      failure: Error | null = null,
    ): ReactNode => (
      <QueryClientProvider client={silent}>
        <ClusterView
          status={statusOf(story)}
          history={{ spans, failure }}
          live
          isLost={false}
          zone="UTC"
          rangeText={null}
          onRange={noop}
        />
      </QueryClientProvider>
    );
    const { rerender } = render(viewOf(undefined));
    await screen.findByRole("figure", { name: "Progress" }, comesLater);
    await screen.findByRole("region", { name: "Earlier upgrades" }, comesLater);
    expect(screen.queryByRole("region", { name: "Events" })).toBeNull();
    expect(screen.getAllByText("Asking for what was heard …")).not.toHaveLength(0);
    rerender(viewOf(undefined, new Error("It could not be read.")));
    expect(
      screen.getAllByText(/^What was heard can't be shown: It could not be read\./),
    ).not.toHaveLength(0);
    expect(screen.queryByRole("region", { name: "Events" })).toBeNull();
    rerender(viewOf(story.spans));
    expect(await screen.findByRole("region", { name: "Events" }, comesLater)).toBeDefined();
  });

  it("shows all six settings by their API names", async () => {
    show(preparing());
    const settings = await screen.findByRole("region", { name: "Settings" }, comesLater);
    for (const name of Object.keys(manual)) {
      expect(within(settings).getByText(name)).toBeDefined();
    }
  });

  it("claims nothing of the settings of a cluster that was never heard", async () => {
    show(new Story().silent(minute), { link: "unseen", verdict: "unseen" }, false);
    const settings = await screen.findByRole("region", { name: "Settings" }, comesLater);
    expect(settings.textContent).toContain("Nothing was heard yet.");
  });

  it("offers the commit command while a person is awaited", async () => {
    show(preparing().heard("prepared", minute), {
      verdict: "waiting",
      attention: "person",
      headline: "Waits for you",
    });
    expect(await screen.findByText("qq upgrade_cluster commit", {}, comesLater)).toBeDefined();
    expect(screen.getByText("Waits for you")).toBeDefined();
  });

  it("raises one alert with the cluster's own text, the rest of it on demand", async () => {
    const story = preparing();
    const long = `no space on node 3 ${"x".repeat(4000)} the end`;
    story.error = long;
    story.heard("preparing", minute, [37, 37]);
    show(story, { verdict: "failed", attention: "act", errorInfo: "no space on node 3 … (cut)" });
    const alert = await screen.findByRole("alert", {}, comesLater);
    expect(alert.textContent).toContain("Nothing is committed");
    expect(alert.textContent).not.toContain("the end");
    fireEvent.click(within(alert).getByRole("button", { name: "Show all of it" }));
    expect(alert.textContent).toContain("the end");
    expect(alert.querySelector("pre")?.getAttribute("dir")).toBe("auto");
  });

  it("tells an outage, keeps the last picture and says what it was", async () => {
    const story = preparing().silent(minute);
    const lost = { link: "outage", verdict: "outage", attention: "act" } as const;
    show(story, { ...lost, headline: "No answer" }, false);
    const connection = screen.getByRole("status", { name: "Connection" });
    expect(connection.textContent).toContain("No answer for 01:00");
    expect(connection.textContent).toContain("Not expected at this point.");
    expect(screen.getByText("was 37 %")).toBeDefined();
    // The timeline is loaded after the first paint; on a busy machine that takes its time.
    expect(
      await screen.findByRole("button", { name: /^Preparing, / }, { timeout: 4000 }),
    ).toBeDefined();
    expect(await screen.findByRole("region", { name: "Events" }, comesLater)).toBeDefined();
  });
});
