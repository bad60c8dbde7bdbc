import { render, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { minute, Story } from "../../upgrade/testing/story.ts";
import Cues from "../shell/cues/Cues.tsx";
import { statusOf } from "../timeline/testing/status.ts";
import { Marks } from "./Marks.tsx";

it("gives the tab a title of the replay's own, whatever the page before it left", async () => {
  const story = new Story().heard("preparing", minute, [0, 37]);
  const answer = statusOf(story, { attention: "person", verdict: "waiting" });
  const received = { answer, askedAtMs: 0, receivedAtMs: 0, clock: () => story.now };
  document.title = "Waits for you · London production · Upgrade Watch";
  const { rerender, unmount } = render(<Marks />);
  expect(document.title).toBe("REPLAY · Upgrade Watch");
  rerender(
    <>
      <Marks />
      <Cues title="London production" received={received} abouts={[answer]} isWall />
    </>,
  );
  await waitFor(() => {
    expect(document.title).toBe("REPLAY · London production · Upgrade Watch");
  });
  unmount();
  expect(document.title).toBe("London production · Upgrade Watch");
});
