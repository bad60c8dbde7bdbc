/** Histories that are cut short or have one wrong byte, at seeded places, and what becomes of them. */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Span } from "../../../upgrade/span.ts";
import { systemClock } from "../../clock.ts";
import { openHistory } from "../history.ts";
import type { History } from "../history.ts";
import { percentSpan } from "./spans.fixture.ts";

/** What was done to one of the two files. */
export type Damage = {
  readonly kind: "cut" | "flip";
  readonly file: string;
  readonly bytes: number;
  readonly at: number;
};

/** What became of a damaged history. */
export type Outcome = {
  readonly damage: Damage;
  /** How many spans were written, and how many came back as they were. */
  readonly written: number;
  readonly kept: number;
  /** Whether those that came back are the first ones, without a hole. */
  readonly isPrefix: boolean;
  /** Codes of the notices that told of it. */
  readonly told: readonly string[];
  /** What must never be, in words. */
  readonly faults: readonly string[];
};

const cluster = "lon-prod-1";
const count = 400;
const database = "history.sqlite";
const journal = "history.sqlite-wal";

/** Spans as different as those of real life: some rows fill a tenth of a page, some several pages. */
const spans: readonly Span[] = Array.from({ length: count }, (_, index) => {
  const span = percentSpan(index + 1);
  const error_info = index % 40 === 0 ? `error ${index} `.repeat(1_000) : null;
  return { ...span, status: { ...span.status, error_info } };
});

/** Makes a history of which a part is in the database and a part still in its journal. */
export async function makeIntact(workerUrl: URL): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
  const history = await open(folder, workerUrl);
  await history.record(cluster, { kind: "append", spans: spans.slice(0, count / 2) });
  await history.close();
  const again = await open(folder, workerUrl);
  for (let start = count / 2; start < count; start += 10) {
    // oxlint-disable-next-line no-await-in-loop
    await again.record(cluster, { kind: "append", spans: spans.slice(start, start + 10) });
  }
  const intact = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
  for (const file of [database, journal]) {
    copyFileSync(join(folder, file), join(intact, file));
  }
  await again.close();
  rmSync(folder, { recursive: true });
  return intact;
}

/**
 * Damages a copy of a history and opens it.
 *
 * @param intact the folder of {@link makeIntact}
 */
export async function tryDamage(intact: string, seed: number, workerUrl: URL): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
  for (const file of [database, journal]) {
    copyFileSync(join(intact, file), join(folder, file));
  }
  const damage = damageOf(folder, seed);
  const faults: string[] = [];
  const history = await open(folder, workerUrl);
  const loaded = (await history.load(cluster, 0)).filter(({ kind }) => kind !== "unobserved");
  const notices = history.notices();
  const places = loaded.map((span) => {
    const place = Math.round(span.from / 1_000) - 1;
    if (!isDeepStrictEqual(span, spans[place])) {
      faults.push(`a span at ${span.from} is not what was written`);
    }
    return place;
  });
  const message = notices.map((notice) => notice.message).join(" ");
  const setAside = /the damaged file is now (.*)\.$/.exec(message)?.[1];
  if (setAside !== undefined && !existsSync(setAside)) {
    faults.push(`there is no ${setAside}`);
  }
  const next = percentSpan(count + 1);
  await history.record(cluster, { kind: "append", spans: [next] });
  await history.close();
  faults.push(...(await faultsOfNextOpening(folder, workerUrl, loaded, next)));
  rmSync(folder, { recursive: true });
  return {
    damage,
    written: count,
    kept: loaded.length,
    isPrefix: places.every((place, index) => place === index),
    told: notices.map(({ code }) => code),
    faults,
  };
}

async function faultsOfNextOpening(
  folder: string,
  workerUrl: URL,
  before: readonly Span[],
  next: Span,
): Promise<readonly string[]> {
  const history = await open(folder, workerUrl);
  const after = (await history.load(cluster, 0)).filter(({ kind }) => kind !== "unobserved");
  const { state, message } = history.health();
  await history.close();
  const isKept = isDeepStrictEqual(after, [...before, next]);
  return [
    ...(isKept ? [] : ["what was kept did not stay, or what came after was not kept"]),
    ...(state === "ok" ? [] : [message]),
  ];
}

function open(folder: string, workerUrl: URL): Promise<History> {
  const ignore = (): void => undefined;
  return openHistory({
    folder,
    workerUrl,
    clock: systemClock,
    onProblem: ignore,
    // What is tested is that it opens, on however busy a machine.
    openWithinMs: 60_000,
  });
}

function damageOf(folder: string, seed: number): Damage {
  const random = randomFrom(seed);
  const kind = seed % 2 === 0 ? "cut" : "flip";
  const file = random() < 0.6 ? database : journal;
  const path = join(folder, file);
  const content = readFileSync(path);
  const at = Math.floor(random() * content.length);
  if (kind === "cut") {
    truncateSync(path, at);
  } else {
    content[at] = (content[at] ?? 0) ^ (1 + Math.floor(random() * 255));
    writeFileSync(path, content);
  }
  return { kind, file, bytes: content.length, at };
}

/** A seeded source of numbers from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** More rows than fit into one page. */
const mostInOnePage = 16;

/** What is wrong with an outcome, or null: everything that the damage did not touch is there, and the rest is told. */
export function complaintOf(outcome: Outcome): string | null {
  const { damage, written, kept, isPrefix, told, faults } = outcome;
  const lost = written - kept;
  const reach = damage.kind === "flip" ? mostInOnePage : written;
  const isTold = lost === 0 || told.length > 0 || (isPrefix && damage.file === journal);
  const complaints = [
    ...faults,
    ...(lost > reach ? [`${lost} of ${written} spans are lost`] : []),
    ...(isTold ? [] : [`${lost} spans are lost and nothing tells it`]),
  ];
  return complaints.length === 0
    ? null
    : `${complaints.join("; ")} (${JSON.stringify({ ...outcome, faults: undefined })})`;
}
