import { clustersSchema } from "../src/contract/api.ts";
import type { RunningProxy } from "./proxy.ts";

export async function clustersOf(proxy: RunningProxy) {
  return clustersSchema.parse(await (await fetch(`${proxy.url}/api/clusters`)).json());
}

/** The percent of the first cluster. */
export async function progressOf(proxy: RunningProxy): Promise<number | null | undefined> {
  return (await clustersOf(proxy)).clusters[0]?.progress;
}

/** The codes of the notices about the whole. */
export async function codesOf(proxy: RunningProxy): Promise<readonly string[]> {
  return (await clustersOf(proxy)).notices.map(({ code }) => code);
}
