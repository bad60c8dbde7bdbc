import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { now, summary } from "../../shell/summary.fixture.ts";
import { steadyNowMs } from "../../api/steadyClock.ts";
import { defaultParameters } from "../parameters.ts";
import { select } from "../select.ts";
import { FleetTable } from "../FleetTable.tsx";

const minute = 60_000;
const running = summary({
  state: "UPGRADE_STATE_PREPARING",
  progress: 62,
  verdict: "running",
  headline: "Preparing 62 %",
  stateSince: now - 22 * minute,
  eta: {
    earliest: now + minute,
    likely: now + 2 * minute,
    latest: now + 9 * minute,
    basis: "",
    runs: 0,
  },
});

function rowAfter(silenceMs: number): string {
  const receivedAtMs = steadyNowMs() - silenceMs;
  const answer = {
    now,
    build: "1",
    simulated: false,
    notices: [],
    mark: "1",
    clusters: [running],
    agesMs: new Map([[running.id, 400]]),
    nextPollInMs: 500,
  };
  const received = { answer, askedAtMs: receivedAtMs, receivedAtMs };
  return render(
    <FleetTable
      received={received}
      selection={select([running], defaultParameters)}
      parameters={defaultParameters}
      lanes={undefined}
      zone="UTC"
    />,
  ).container.textContent;
}

it("stops counting and forecasting once our own server is lost", () => {
  const lost = rowAfter(5 * minute);
  expect(lost).toContain("was 62 %");
  expect(lost).toContain("22:00");
  expect(lost).not.toContain("14:08–14:16");
});

it("counts and forecasts while our own server answers", () => {
  const row = rowAfter(0);
  expect(row).not.toContain("was:");
  expect(row).toContain("14:08–14:16");
});
