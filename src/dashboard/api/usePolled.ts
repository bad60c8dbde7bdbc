import { useCallback } from "react";
import { useTickingValue } from "../ui/ticker.ts";
import type { Received } from "./fetchJson.ts";
import { type Dated, type Freshness, freshnessOf } from "./freshness.ts";
import { steadyNowMs } from "./steadyClock.ts";

/** How fresh what was received is at this very moment. */
export function freshnessNow(received: Received<Dated>): Freshness {
  const nowMs = steadyNowMs();
  return freshnessOf(received.answer, nowMs - received.askedAtMs, nowMs - received.receivedAtMs);
}

/** The server's time at this very moment, counted on from its last answer; never the browser's own time. */
export function serverNow(received: Received<{ readonly now: number }>): number {
  return received.answer.now + (steadyNowMs() - received.receivedAtMs);
}

/** One fact of the freshness; the component redraws when it changes, and not while the age merely counts. */
export function useFreshness<Fact extends "word" | "proxyLost" | "live">(
  received: Received<Dated>,
  fact: Fact,
): Freshness[Fact] {
  return useTickingValue(useCallback(() => freshnessNow(received)[fact], [received, fact]));
}
