import { QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient, newest } from "./queryClient.ts";
import { dogsVerdict, startWatchdog } from "./watchdog.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Answer = { readonly answer: { readonly now: number } };

/** A question that is polled each second, with the watchdog on it. */
function poll(ask: (count: number) => Promise<Answer>) {
  const client = createQueryClient();
  let count = 0;
  const observer = new QueryObserver<Answer>(client, {
    queryKey: ["question"],
    queryFn: () => ask(++count),
    refetchInterval: 1000,
    meta: { live: true },
  });
  const stopObserver = observer.subscribe(() => {});
  const stopWatchdog = startWatchdog(client, () => Date.now());
  return {
    asked: () => count,
    data: () => observer.getCurrentResult().data?.answer.now,
    stop: () => {
      stopObserver();
      stopWatchdog();
      client.clear();
    },
  };
}

const answered = (now: number): Promise<Answer> => Promise.resolve({ answer: { now } });

describe("polling", () => {
  it("goes on after failures and keeps the last good picture", async () => {
    const polled = poll((count) => (count === 1 ? answered(1) : Promise.reject(new Error("no"))));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(polled.asked()).toBeGreaterThan(8);
    expect(polled.data()).toBe(1);
    polled.stop();
  });

  it("goes on while the browser believes that it is offline or hidden", async () => {
    const hidden = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    const offline = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    globalThis.dispatchEvent(new Event("offline"));
    const polled = poll((count) =>
      count % 2 === 0 ? Promise.reject(new Error("no")) : answered(count),
    );
    await vi.advanceTimersByTimeAsync(10_000);
    expect(polled.asked()).toBeGreaterThan(8);
    polled.stop();
    globalThis.dispatchEvent(new Event("online"));
    hidden.mockRestore();
    offline.mockRestore();
  });

  it("is started again when a question hangs for ever", async () => {
    const polled = poll((count) => (count === 2 ? new Promise(() => {}) : answered(count)));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(polled.data()).toBeGreaterThan(2);
    polled.stop();
  });
});

describe("the watchdog", () => {
  it.each([
    [true, 6999, "well"],
    [true, 7001, "restart"],
    [false, 6999, "well"],
    [false, 7001, "ask"],
  ] as const)(
    "of a question in flight: %s, unchanged for %d ms, says %s",
    (isFetching, ms, verdict) => {
      expect(dogsVerdict(isFetching, 1000, 1000 + ms)).toBe(verdict);
    },
  );
});

describe("replies", () => {
  const reply = (now: number) => ({ answer: { now, clusters: [{ id: "a" }] } });

  it("that are late never replace a newer one", () => {
    const newer = reply(2000);
    expect(newest(newer, reply(1999))).toBe(newer);
    expect(newest(reply(1999), newer)).toEqual(newer);
  });

  it("of a server whose clock was set back are believed", () => {
    expect(newest(reply(3_600_000), reply(1000))).toEqual(reply(1000));
  });

  it("keep the identity of what is equal", () => {
    const before = reply(1);
    expect(newest(before, reply(2))).toSatisfy(
      (after: typeof before) => after.answer.clusters === before.answer.clusters,
    );
  });
});
