import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { minute, Story } from "../../../upgrade/testing/story.ts";
import { detailOf } from "../testing.ts";
import { PaperHead } from "./PaperHead.tsx";

const run = detailOf(new Story().heard("idle").heard("preparing", minute, [0, 50]));

it("says on paper that a cluster is simulated, and of a real one nothing of the kind", () => {
  const told = (simulated: boolean): string =>
    render(<PaperHead run={run} zone="UTC" status={{ zone: "UTC", simulated }} />).container
      .textContent;
  expect(told(true)).toContain(`${run.id} · Simulated`);
  expect(told(false)).not.toContain("Simulated");
});
