import type { ClusterFacts } from "../api/fleet/answer.ts";

/** A label that a cluster must have: `site:london`. */
export type WantedLabel = { readonly key: string; readonly value: string };

/** What a wall's address may say. */
export type WallParameters = {
  /** Only these clusters, by id; null for all. */
  readonly clusters: readonly string[] | null;
  /** Only clusters with these labels: one of the values of each key that is named. Empty for all. */
  readonly labels: readonly WantedLabel[];
  /** How long a page stays. */
  readonly rotateMs: number;
  readonly title: string;
  /** How much larger than usual everything is; 1 is made for eyes at five metres. */
  readonly zoom: number;
  /** Whether nothing moves but clock and heartbeat, and no cue is given. */
  readonly isQuiet: boolean;
  /** What of the address is not understood and therefore ignored, each as it stands there. */
  readonly ignored: readonly string[];
};

/** The parameters of a wall's address; `zone` is read where the zone is chosen, and a replay's by the replay. */
const names = "clusters label rotate title zoom quiet zone replay speed until at".split(" ");

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
const leastZoom = 0.5;
const mostZoom = 2;
const quietWords = new Map([
  ["", true],
  ["1", true],
  ["true", true],
  ["yes", true],
  ["0", false],
  ["false", false],
  ["no", false],
]);

/** Reads a wall's address; what is malformed is ignored and told, for nobody stands at a wall to mend it. */
export function wallParameters(search: string): WallParameters {
  const parameters = new URLSearchParams(search);
  const ignored = [...new Set(parameters.keys())].filter((name) => !names.includes(name));
  /** What a parameter says; null where it is not there, or says nothing that is understood. */
  const read = <Value>(name: string, parse: (text: string) => Value | null): Value | null => {
    const text = parameters.get(name)?.trim();
    const value = text === undefined ? null : parse(text);
    if (text !== undefined && value === null) {
      ignored.push(`${name}=${text}`);
    }
    return value;
  };
  const ids = listed(parameters, "clusters");
  const labels: WantedLabel[] = [];
  for (const text of listed(parameters, "label")) {
    const [, key, value] = /^([^:]+):(.+)$/.exec(text) ?? [];
    if (key === undefined || value === undefined) {
      ignored.push(`label=${text}`);
    } else {
      labels.push({ key: key.trim(), value: value.trim() });
    }
  }
  read("zone", (text) => (text === "utc" || text === "site" ? text : null));
  return {
    clusters: ids.length === 0 ? null : ids,
    labels,
    rotateMs: read("rotate", rotateMs) ?? defaultRotateMs,
    title: (parameters.get("title") ?? "").trim().slice(0, 60),
    zoom: read("zoom", zoomOf) ?? 1,
    isQuiet: read("quiet", (text) => quietWords.get(text.toLowerCase()) ?? null) ?? false,
    ignored,
  };
}

/** A list that is written with commas, by naming its parameter again, or both. */
function listed(parameters: URLSearchParams, name: string): readonly string[] {
  return parameters
    .getAll(name)
    .flatMap((text) => text.split(","))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** The clusters that a wall's address means: of those it names, the ones that have its labels. */
export function meantBy<Named extends Pick<ClusterFacts, "id" | "labels">>(
  { clusters: ids, labels }: Pick<WallParameters, "clusters" | "labels">,
  clusters: readonly Named[],
): readonly Named[] {
  const keys = [...new Set(labels.map(({ key }) => key))];
  return clusters.filter(
    (cluster) =>
      (ids === null || ids.includes(cluster.id)) &&
      keys.every((key) => labels.some((label) => label.key === key && hasLabel(cluster, label))),
  );
}

/**
 * What of a wall's address leads nowhere, for its foot: `not configured: nope`, `no cluster is site:nowhere`,
 * `ignored: rotate=soon`. What depends on the clusters is told once it is known which there are.
 */
export function addressWords(
  { clusters: ids, labels, ignored }: WallParameters,
  clusters: readonly Pick<ClusterFacts, "id" | "labels">[] | undefined,
): readonly string[] {
  const unknown = (ids ?? []).filter((id) => clusters?.every((cluster) => cluster.id !== id));
  const nobodys = labels.filter((label) => clusters?.every((each) => !hasLabel(each, label)));
  return [
    sentence("not configured:", unknown),
    sentence(
      "no cluster is",
      nobodys.map(({ key, value }) => `${key}:${value}`),
    ),
    sentence("ignored:", ignored),
  ].filter((words) => words !== "");
}

function hasLabel({ labels }: Pick<ClusterFacts, "labels">, { key, value }: WantedLabel): boolean {
  return Object.hasOwn(labels, key) && labels[key] === value;
}

/** A wall is read from afar: of many the rest is counted. */
const mostTold = 3;
/** In UTF-16 units. */
const longestEntry = 40;

function sentence(begin: string, entries: readonly string[]): string {
  const told = entries
    .slice(0, mostTold)
    .map((entry) => (entry.length > longestEntry ? `${entry.slice(0, longestEntry)}…` : entry));
  const more = entries.length > mostTold ? ` and ${entries.length - mostTold} more` : "";
  return told.length === 0 ? "" : `${begin} ${told.join(", ")}${more}`;
}

function rotateMs(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min|m|)$/.exec(text);
  const unitMs = unitsMs.get(match?.[2] ?? "");
  return match?.[1] === undefined || unitMs === undefined
    ? null
    : Math.min(Math.max(Number(match[1]) * unitMs, shortestRotateMs), longestRotateMs);
}

function zoomOf(text: string): number | null {
  const zoom = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return zoom >= leastZoom && zoom <= mostZoom ? zoom : null;
}
