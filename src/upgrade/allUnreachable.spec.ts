import { describe, expect, it } from "vitest";
import { allUnreachableSince } from "./allUnreachable.ts";
import type { Failure } from "./observation.ts";
import { second, Story } from "./testing/story.ts";

const lost = (polls: number, failure?: Failure): Story =>
  new Story().heard("idle", 5 * second).silent(polls * second, failure);

const sinceOf = (...stories: readonly Story[]) =>
  allUnreachableSince(stories.map(({ spans }) => ({ spans, addresses: 1 })));

describe("clusters that are all unreachable", () => {
  it("are so since the last one went", () => {
    const late = new Story().heard("idle", 9 * second);
    const wentAt = late.now;
    expect(sinceOf(lost(7), late.silent(3 * second))).toBe(wentAt);
  });

  it("are not while one answers, has failed only twice, or fails for a reason of its own", () => {
    expect(sinceOf(lost(9), lost(9).heard("idle"))).toBeNull();
    expect(sinceOf(lost(9), lost(2))).toBeNull();
    expect(sinceOf(lost(9), lost(9, { kind: "http", message: "503" }))).toBeNull();
    expect(sinceOf(lost(9), lost(9, { kind: "tls", message: "pin", trust: true }))).toBeNull();
  });

  it("are not where there is only one, or none", () => {
    expect(sinceOf(lost(9))).toBeNull();
    expect(sinceOf()).toBeNull();
  });

  it("are not while all of them are away as expected", () => {
    const away = (): Story => new Story().heard("committed", second).silent(9 * second);
    expect(sinceOf(away(), away())).toBeNull();
    expect(sinceOf(away(), lost(9))).not.toBeNull();
  });
});
