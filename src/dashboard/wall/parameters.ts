/** What a wall's address may say. */
export type WallParameters = {
  /** Only these clusters, by id; null for all. */
  readonly clusters: readonly string[] | null;
  /** How long a page stays. */
  readonly rotateMs: number;
  readonly title: string;
};

const defaultRotateMs = 20_000;
const shortestRotateMs = 3000;
const longestRotateMs = 3_600_000;
const unitsMs = new Map([
  ["ms", 1],
  ["s", 1000],
  ["", 1000],
  ["m", 60_000],
  ["min", 60_000],
]);

/** Reads a wall's address; what is malformed is ignored, for nobody stands at a wall to mend it. */
export function wallParameters(search: string): WallParameters {
  const parameters = new URLSearchParams(search);
  const ids = (parameters.get("clusters") ?? "").split(",").map((id) => id.trim());
  const named = ids.filter((id) => id !== "");
  return {
    clusters: named.length === 0 ? null : named,
    rotateMs: rotateMs(parameters.get("rotate") ?? ""),
    title: (parameters.get("title") ?? "").trim().slice(0, 60),
  };
}

/**
 * The ids in a wall's address that no cluster has, for its footer: `not configured: nope`; empty where there is none, and
 * until it is known which clusters there are.
 */
export function unknownWords(
  ids: WallParameters["clusters"],
  clusters: readonly { readonly id: string }[] | undefined,
): string {
  const unknown =
    clusters === undefined
      ? []
      : (ids ?? []).filter((id) => clusters.every((cluster) => cluster.id !== id));
  return unknown.length === 0 ? "" : `not configured: ${unknown.map(brief).join(", ")}`;
}

const longestId = 40;

function brief(id: string): string {
  return id.length > longestId ? `${id.slice(0, longestId)}…` : id;
}

function rotateMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|)$/.exec(text.trim());
  const unitMs = unitsMs.get(match?.[2] ?? "");
  if (match?.[1] === undefined || unitMs === undefined) {
    return defaultRotateMs;
  }
  return Math.min(Math.max(Number(match[1]) * unitMs, shortestRotateMs), longestRotateMs);
}
