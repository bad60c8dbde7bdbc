import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { ClusterStatus } from "../../../contract/api.ts";
import { minute, Story } from "../../../upgrade/testing/story.ts";
import { statusOf } from "../../timeline/testing/status.ts";
import { Outlook } from "./Outlook.tsx";

const story = new Story().heard("idle").heard("preparing", minute, [0, 50]);
const show = (changes: Partial<ClusterStatus> = {}, live = true): void => {
  render(<Outlook status={statusOf(story, changes)} live={live} zone="Europe/London" />);
};

beforeEach(() => history.replaceState(null, "", "/clusters/lon?range=1h"));

describe("the outlook's window", () => {
  it("is kept in the address as a moment, beside what else stands there, and taken back", () => {
    show();
    expect(screen.queryByRole("button", { name: "Clear" })).toBeNull();
    fireEvent.change(screen.getByLabelText("Window ends (UTC)"), {
      target: { value: "2026-11-23T16:00" },
    });
    fireEvent.click(screen.getByRole("button", { name: "Set" }));
    expect(location.search).toBe("?range=1h&window=2026-11-23T16%3A00%3A00Z");
    expect(screen.getByText("until 16:00")).toBeTruthy();
    expect(screen.getByText("No forecast yet, so nobody can say.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect(location.search).toBe("?range=1h");
    expect(screen.queryByText("until 16:00")).toBeNull();
  });

  it("is ignored, and that is said, where the address gives no moment", () => {
    history.replaceState(null, "", "/clusters/lon?window=tonight");
    show({ windowEnd: Date.UTC(2026, 10, 23, 17) });
    expect(screen.getByRole("status").textContent).toContain("no moment (“tonight”)");
    expect(screen.getByText("until 17:00")).toBeTruthy();
  });

  it("is not judged while the picture is not live, nor while nothing is in flight", () => {
    show({}, false);
    show({ state: "UPGRADE_STATE_IDLE" });
    expect(screen.queryByRole("region", { name: "Outlook" })).toBeNull();
  });
});
