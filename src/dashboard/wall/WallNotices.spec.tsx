import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { WallNotices } from "./WallNotices.tsx";

const notice = (code: string) => ({ code, since: 0, message: `It is ${code}.` });

const told = (...codes: readonly string[]): readonly string[] => {
  render(<WallNotices notices={codes.map(notice)} />);
  return screen.queryAllByRole("listitem").map(({ textContent }) => textContent);
};

describe("the notices of a wall", () => {
  it("are told, and where they are many the rest is counted", () => {
    expect(told("one", "two", "three", "four", "five")).toEqual([
      "It is one.",
      "It is two.",
      "It is three.",
      "and 2 more",
    ]);
  });

  it("are not told where there are none, or where a mark beside the name says the same", () => {
    expect(told("insecure-tls")).toEqual([]);
    expect(screen.queryByRole("list")).toBeNull();
  });
});
