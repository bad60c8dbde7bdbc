import type { QueryClient } from "@tanstack/react-query";
import type { EpochMs } from "../../upgrade/status.ts";
import { type Asker, askers } from "../api/asker.ts";
import { ApiError, fetchJson } from "../api/fetchJson.ts";
import { lostAfterMs } from "../api/freshness.ts";
import { createQueryClient } from "../api/queryClient.ts";
import {
  isOver,
  momentOf,
  type ReplayClock,
  sought,
  type Speed,
  toggled,
  withSpeed,
} from "./clock.ts";

/** What plays a replay: its clock, and the client whose questions go by it. */
export type Player = {
  readonly client: QueryClient;
  readonly clock: () => ReplayClock;
  readonly subscribe: (listener: () => void) => () => void;
  /** What time it is in it. */
  readonly moment: () => EpochMs;
  readonly isOver: () => boolean;
  /** Plays on, or stops. */
  readonly toggle: () => void;
  readonly seek: (to: EpochMs) => void;
  readonly setSpeed: (speed: Speed) => void;
  /** The zones of the clusters that the newest answer told of. */
  readonly zones: () => readonly string[];
};

/** Opens a player. @param nowMs a steady clock */
export function openPlayer(first: ReplayClock, nowMs: () => number): Player {
  let clock = first;
  let zones: readonly string[] = [];
  let answeredAtMs = nowMs();
  let seeks = 0;
  const listeners = new Set<() => void>();
  const client = createQueryClient();

  /** Without answers it waits: a clock that ran on would tell of a time that nothing is shown of. */
  const moment = (): EpochMs => momentOf(clock, Math.min(nowMs(), answeredAtMs + lostAfterMs));

  const set = (next: ReplayClock): void => {
    clock = next;
    for (const listener of listeners) {
      listener();
    }
  };

  const ask: Asker = async (schema, path, asking) => {
    const at = Math.floor(moment());
    const seek = seeks;
    const separator = path.includes("?") ? "&" : "?";
    const address = `${path}${separator}at=${encodeURIComponent(new Date(at).toISOString())}`;
    const received = await fetchJson(schema, address, asking);
    const { answer } = received;
    if (nowIn(answer) !== at) {
      throw new ApiError("invalid", "The server did not answer as of the replay's moment.");
    }
    const hasWaited = nowMs() - answeredAtMs > lostAfterMs;
    const stoodAt = moment();
    answeredAtMs = nowMs();
    if (hasWaited && seek === seeks) {
      set(sought(clock, stoodAt, nowMs()));
    }
    zones = zonesIn(answer) ?? zones;
    return { ...received, clock: moment };
  };
  askers.set(client, ask);

  return {
    client,
    clock: () => clock,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    moment,
    isOver: () => isOver(clock, Math.min(nowMs(), answeredAtMs + lostAfterMs)),
    toggle: () => {
      const wasOver = isOver(clock, nowMs());
      set(toggled(sought(clock, moment(), nowMs()), nowMs()));
      if (wasOver) {
        askAnew();
      }
    },
    seek: (to) => {
      set(sought(clock, to, nowMs()));
      askAnew();
    },
    setSpeed: (speed) => set(withSpeed(sought(clock, moment(), nowMs()), speed, nowMs())),
    zones: () => zones,
  };

  /** What was asked for before is of another time, also what is kept of a history. */
  function askAnew(): void {
    seeks += 1;
    void client.invalidateQueries();
  }
}

function nowIn(answer: unknown): unknown {
  return typeof answer === "object" && answer !== null && "now" in answer ? answer.now : undefined;
}

function zonesIn(answer: unknown): readonly string[] | null {
  if (typeof answer !== "object" || answer === null) {
    return null;
  }
  const clusters: readonly unknown[] =
    "clusters" in answer && Array.isArray(answer.clusters) ? answer.clusters : [answer];
  const found = clusters.flatMap((cluster) =>
    typeof cluster === "object" &&
    cluster !== null &&
    "zone" in cluster &&
    typeof cluster.zone === "string"
      ? [cluster.zone]
      : [],
  );
  return found.length === 0 ? null : found;
}
