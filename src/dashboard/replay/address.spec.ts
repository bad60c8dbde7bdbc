import { describe, expect, it } from "vitest";
import { searchAt, searchWithout, wantedIn } from "./address.ts";

const noon = Date.UTC(2026, 10, 23, 12);

describe("the address of a replay", () => {
  it("tells its begin, its end, where it stands and how fast it is", () => {
    expect(
      wantedIn(
        "?replay=2026-11-23T12:00:00Z&until=2026-11-23T14:00:00%2B01:00&at=2026-11-23T12:10:00.5Z&speed=600",
      ),
    ).toEqual({ from: noon, until: noon + 3_600_000, at: noon + 600_500, speed: 600 });
    expect(wantedIn("?replay=2026-11-23T12:00:00.000Z&speed=7")).toEqual({
      from: noon,
      until: null,
      at: null,
      speed: 60,
    });
  });

  it.each([
    ["?replay=soon", "replay=soon is no moment"],
    ["?replay=2026-13-99T12:00:00Z", "is no moment"],
    ["?replay=2026-11-23T12:00:00Z&until=x", "until=x is no moment"],
    ["?replay=2026-11-23T12:00:00Z&at=", "at= is no moment"],
    ["?replay=2026-11-23T12:00:00Z&until=2026-11-23T11:00:00Z", "until is not after"],
  ])("is none, and says why: %s", (search, words) => {
    expect(wantedIn(search)).toContain(words);
  });

  it("keeps what else it says when a place is shared, and when the replay is left", () => {
    const search = "?zone=utc&replay=2026-11-23T12:00:00Z&speed=10";
    const shared = searchAt(search, noon + 1500, 60);
    expect(shared).toBe(
      "?zone=utc&replay=2026-11-23T12:00:00Z&speed=60&at=2026-11-23T12:00:01.500Z",
    );
    expect(wantedIn(shared)).toMatchObject({ at: noon + 1500 });
    expect(searchWithout(shared)).toBe("?zone=utc");
    expect(searchWithout("?replay=2026-11-23T12:00:00Z")).toBe("");
  });
});
