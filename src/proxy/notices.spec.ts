import { describe, expect, it } from "vitest";
import { noticeBoard } from "./notices.ts";

describe("a notice that is put up again", () => {
  it("is the same one while it says the same, with the moment from which on it holds", () => {
    const board = noticeBoard();
    board.put("skew", "2 s ahead", 1000);
    const [first] = board.list();
    board.hold("skew", "2 s ahead", 2000);
    expect(board.list()).toEqual([{ code: "skew", since: 1000, message: "2 s ahead" }]);
    expect(board.list()[0]).toBe(first);
  });

  it("has new words when it says another thing, and begins anew after it was cleared", () => {
    const board = noticeBoard();
    board.put("skew", "2 s ahead", 1000);
    board.put("skew", "3 s ahead", 2000);
    expect(board.list()).toEqual([{ code: "skew", since: 1000, message: "3 s ahead" }]);
    board.hold("skew", null, 3000);
    board.put("skew", "3 s ahead", 4000);
    expect(board.list()).toEqual([{ code: "skew", since: 4000, message: "3 s ahead" }]);
  });
});
