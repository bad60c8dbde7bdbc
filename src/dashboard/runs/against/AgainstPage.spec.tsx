import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { minute, Story } from "../../../upgrade/testing/story.ts";
import { clusterStatusQuery } from "../../api/clusterStatus.ts";
import { runQuery } from "../../api/runs/queries.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { detailOf } from "../testing.ts";
import { AgainstPage } from "./AgainstPage.tsx";

const story = new Story().heard("idle").heard("preparing", minute, [0, 50]);
const run = detailOf(story);
const comesLater = { timeout: 20_000 };

/** The page of an address that names this upgrade first. There is no server here: nothing is asked. */
function show(other: string | undefined): void {
  const client = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
  const moments = { askedAtMs: 0, receivedAtMs: 0 };
  client.setQueryData(clusterStatusQuery(run.cluster).queryKey, {
    ...moments,
    answer: statusOf(story),
  });
  for (const name of [run.id, "latest"]) {
    client.setQueryData(runQuery(run.cluster, name).queryKey, { ...moments, answer: run });
  }
  render(
    <QueryClientProvider client={client}>
      <AgainstPage id={run.cluster} run={run.id} other={other} />
    </QueryClientProvider>,
  );
}

const choice = { name: "Compare with which upgrade?" };

it("offers the choice where an address names one upgrade twice, by whatever name, and says why", async () => {
  for (const other of [run.id, "latest", `${run.cluster}:${run.id}`]) {
    show(other);
    // oxlint-disable-next-line no-await-in-loop
    await screen.findByRole("heading", choice, comesLater);
    expect(screen.getByRole("main").textContent).toContain("names one upgrade twice");
    cleanup();
  }
  show(undefined);
  await screen.findByRole("heading", choice, comesLater);
  expect(screen.getByRole("main").textContent).not.toContain("twice");
});
