import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { time } from "../../contract/api.ts";
import { askerOf } from "../api/asker.ts";
import { freshnessNow, serverNow } from "../api/usePolled.ts";
import { newest } from "../api/queryClient.ts";
import { openPlayer } from "./player.ts";

const from = Date.UTC(2026, 10, 23, 12);
const schema = z.object({ now: time, zone: z.string() });
const signal = new AbortController().signal;

let nowMs = 0;
let asked: string[] = [];
let answers: (at: string) => Response = () => new Response("");

beforeEach(() => {
  nowMs = 0;
  asked = [];
  answers = (at) => Response.json({ now: at, zone: "Europe/London" });
  vi.stubGlobal("fetch", async (address: URL) => {
    asked.push(`${address.pathname}${address.search}`);
    return answers(address.searchParams.get("at") ?? "");
  });
});
afterEach(() => vi.unstubAllGlobals());

function opened() {
  const clock = {
    from,
    until: from + 3_600_000,
    at: from,
    sinceMs: 0,
    speed: 60,
    isPlaying: true,
  } as const;
  const player = openPlayer(clock, () => nowMs);
  return { player, ask: askerOf(player.client) };
}

describe("a player", () => {
  it("asks as of its moment, and its answers count by its clock", async () => {
    const { player, ask } = opened();
    nowMs = 1000;
    const received = await ask(schema, "api/x?from=1", { signal });
    expect(asked).toEqual(["/api/x?from=1&at=2026-11-23T12%3A01%3A00.000Z"]);
    nowMs = 1500;
    expect(serverNow(received)).toBe(from + 90_000);
    expect(player.zones()).toEqual(["Europe/London"]);
    player.toggle();
    nowMs = 9000;
    expect(serverNow(received)).toBe(from + 90_000);
  });

  it("never says Live, and takes an answer of an earlier moment for the newest", async () => {
    const { player, ask } = opened();
    nowMs = 2000;
    const later = await ask(schema, "api/x", { signal });
    player.seek(from + 60_000);
    const earlier = await ask(schema, "api/x", { signal });
    expect(newest(later, earlier)).toEqual(earlier);
    const fresh = { ageMs: 0, observedAt: from, staleAfterMs: 3000, nextPollInMs: 250 } as const;
    const answer = { ...earlier.answer, ...fresh, link: "answering" } as const;
    expect(freshnessNow({ ...earlier, answer }).word).toBe("Replay");
  });

  it("waits for a server that is lost, and goes on from there", async () => {
    const { player, ask } = opened();
    await ask(schema, "api/x", { signal });
    nowMs = 60_000;
    expect(player.moment()).toBe(from + 180_000);
    await ask(schema, "api/x", { signal });
    expect(player.moment()).toBe(from + 180_000);
    nowMs = 61_000;
    expect(player.moment()).toBe(from + 240_000);
  });

  it("takes no answer of the present for one of the past", async () => {
    const { ask } = opened();
    answers = () => Response.json({ now: "2026-11-24T12:00:00.000Z", zone: "UTC" });
    await expect(ask(schema, "api/x", { signal })).rejects.toThrow("did not answer as of");
  });
});
