import type { QueryClient } from "@tanstack/react-query";
import { fetchJson } from "./fetchJson.ts";

/** Asks our own server; see {@link fetchJson}. A replay's asks as of its own moment. */
export type Asker = typeof fetchJson;

/** Askers of clients that ask for something else than the present. */
export const askers = new WeakMap<QueryClient, Asker>();

/** How a client's questions are asked. */
export function askerOf(client: QueryClient): Asker {
  return askers.get(client) ?? fetchJson;
}
