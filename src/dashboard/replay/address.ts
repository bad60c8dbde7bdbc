/** What an address says of a replay: `?replay=<moment>&until=<moment>&at=<moment>&speed=60`. */
import type { EpochMs } from "../../upgrade/status.ts";
import { type Speed, speeds } from "./clock.ts";

/** A replay as an address asks for it. */
export type Wanted = {
  readonly from: EpochMs;
  /** Its end; null for as far as there is anything. */
  readonly until: EpochMs | null;
  /** Where it stands; null for the beginning. Whoever shares a moment shares it still. */
  readonly at: EpochMs | null;
  readonly speed: Speed;
};

const usualSpeed = 60;
const names = ["replay", "until", "at", "speed"];

/** Reads an address. @returns what is wrong with it, in words, where it is no replay */
export function wantedIn(search: string): Wanted | string {
  const parameters = new URLSearchParams(search);
  const moments = ["replay", "until", "at"].map((name) => momentIn(parameters, name));
  const [from = null, until = null, at = null] = moments;
  const bad = ["replay", "until", "at"].find(
    (name, place) => parameters.has(name) && moments[place] === null,
  );
  if (bad !== undefined || from === null) {
    return `The address’s ${bad ?? "replay"}=${parameters.get(bad ?? "replay") ?? ""} is no moment such as 2026-11-23T12:00:00Z.`;
  }
  if (until !== null && until <= from) {
    return "The address’s until is not after its replay.";
  }
  const speed = speeds.find((each) => String(each) === parameters.get("speed")) ?? usualSpeed;
  return { from, until, at, speed };
}

/** The same address with a replay at this place and speed. */
export function searchAt(search: string, at: EpochMs, speed: Speed): string {
  const parameters = new URLSearchParams(search);
  parameters.set("at", new Date(at).toISOString());
  parameters.set("speed", String(speed));
  return `?${parameters.toString().replaceAll("%3A", ":")}`;
}

/** The address without the replay; empty where nothing else is asked for. */
export function searchWithout(search: string): string {
  const parameters = new URLSearchParams(search);
  for (const name of names) {
    parameters.delete(name);
  }
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}

function momentIn(parameters: URLSearchParams, name: string): EpochMs | null {
  const text = parameters.get(name) ?? "";
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const moment = isMoment ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}
