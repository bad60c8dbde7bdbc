import { describe, expect, it } from "vitest";
import { openNodeBoard } from "./nodeBoard.ts";

const idle = "UPGRADE_STATE_IDLE";

function openBoard(urls: readonly string[] = ["a", "b", "c"]) {
  let time = 1000;
  const board = openNodeBoard(urls, { steadyMs: () => time, dateOf: (steadyMs) => steadyMs });
  return {
    board,
    advanceClock: (byMs: number) => {
      time += byMs;
    },
  };
}

describe("the addresses of a cluster", () => {
  it("are asked in their order at first", () => {
    expect(openBoard().board.order()).toEqual([0, 1, 2]);
  });

  it("begin with the one that answered", () => {
    const { board } = openBoard();
    board.stayWith(1);
    expect(board.order()).toEqual([1, 2, 0]);
  });

  it("begin with the next one when none answered, all round", () => {
    const { board } = openBoard();
    board.stayWith(2);
    board.advance();
    expect(board.order()).toEqual([0, 1, 2]);
  });

  it("keep since when they fare as they do, and the latest reason", () => {
    const { board, advanceClock } = openBoard(["a"]);
    board.noteFailure(0, "refused");
    advanceClock(500);
    board.noteFailure(0, "timeout");
    expect(board.list()).toEqual([
      {
        url: "a",
        answered: false,
        since: 1000,
        state: null,
        heardAt: null,
        version: null,
        reason: "timeout",
      },
    ]);
    board.noteAnswer(0, idle);
    board.noteVersion(0, "7.1.4");
    advanceClock(500);
    board.noteAnswer(0, idle);
    expect(board.list()).toEqual([
      {
        url: "a",
        answered: true,
        since: 1500,
        state: idle,
        heardAt: 2000,
        version: "7.1.4",
        reason: null,
      },
    ]);
  });

  it("count from the first question, not from the start", () => {
    const { board, advanceClock } = openBoard(["a"]);
    advanceClock(700);
    board.noteFailure(0, "refused");
    expect(board.list()[0]?.since).toBe(1700);
  });

  it("keep a version that could not be read again", () => {
    const { board } = openBoard(["a"]);
    board.noteVersion(0, "7.1.4");
    board.noteVersion(0, null);
    expect(board.list()[0]?.version).toBe("7.1.4");
  });
});

describe("the address that was left out longest", () => {
  it("is one that was never asked, before one that was", () => {
    const { board, advanceClock } = openBoard();
    board.noteFailure(1, "refused");
    advanceClock(5000);
    expect(board.longestUnasked(1000)).toBe(2);
    board.noteAnswer(2, idle);
    expect(board.longestUnasked(1000)).toBe(1);
  });

  it("is none where all were asked of late, and never the one that answers the polls", () => {
    const { board, advanceClock } = openBoard(["a", "b"]);
    board.noteAnswer(0, idle);
    board.noteAnswer(1, idle);
    advanceClock(999);
    expect(board.longestUnasked(1000)).toBeNull();
    advanceClock(1);
    expect(board.longestUnasked(1000)).toBe(1);
    expect(openBoard(["a"]).board.longestUnasked(0)).toBeNull();
  });

  it("tell what each one says since it last failed, the one that is asked first in front", () => {
    const { board, advanceClock } = openBoard(["a", "b"]);
    board.noteAnswer(0, idle);
    board.noteVersion(0, "7.1.4");
    advanceClock(500);
    board.noteAnswer(0, idle);
    board.noteFailure(1, "refused");
    const heard = { from: 1000, to: 1500 };
    expect(board.claims()).toEqual([
      { url: "a", state: { value: idle, ...heard }, version: { value: "7.1.4", ...heard } },
      { url: "b", state: null, version: null },
    ]);
    board.noteFailure(0, "refused");
    board.stayWith(1);
    expect(board.claims().map(({ url, state }) => [url, state])).toEqual([
      ["b", null],
      ["a", null],
    ]);
  });
});
