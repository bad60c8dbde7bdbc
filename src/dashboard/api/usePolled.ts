import { useCallback, useLayoutEffect, useRef } from "react";
import { useTickingValue } from "../ui/ticker.ts";
import { type Heard, newestOf, type Received } from "./fetchJson.ts";
import { type Dated, type Freshness, freshnessOf } from "./freshness.ts";
import { steadyNowMs } from "./steadyClock.ts";

/** How fresh what was received is at this very moment. */
export function freshnessNow(received: Received<Dated>): Freshness {
  const { answer, clock, askedAtMs, receivedAtMs } = newestOf(received);
  const nowMs = steadyNowMs();
  // A replay's answer is as old as it says: it is asked for at every step.
  const freshness = freshnessOf(answer, clock ? 0 : nowMs - askedAtMs, nowMs - receivedAtMs);
  return clock && freshness.word === "Live" ? { ...freshness, word: "Replay" } : freshness;
}

/** The server's time at this very moment, counted on from its last answer; never the browser's own time. In a replay, its. */
export function serverNow(received: Received<{ readonly now: number }>): number {
  const { answer, clock, receivedAtMs } = newestOf(received);
  return clock?.() ?? answer.now + (steadyNowMs() - receivedAtMs);
}

/** One fact of the freshness; the component redraws when it changes, and not while the age merely counts. */
export function useFreshness<Fact extends "word" | "proxyLost" | "live">(
  received: Received<Dated>,
  fact: Fact,
): Freshness[Fact] {
  return useTickingValue(useCallback(() => freshnessNow(received)[fact], [received, fact]));
}

/** Gives the newest answer; the same function for the life of a component, so that what ticks is not redrawn for it. */
export type Newest<Answer> = () => Heard<Answer>;

/** The newest answer for what is drawn once and then ticks. */
export function useNewest<Answer>(received: Received<Answer>): Newest<Answer> {
  const newest = useRef(received);
  useLayoutEffect(() => {
    newest.current = received;
  }, [received]);
  return useCallback(() => newestOf(newest.current), []);
}
