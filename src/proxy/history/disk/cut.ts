/** Which of a history may be deleted: whole upgrades, never a part of one. */
import { type Kysely, sql } from "kysely";
import { dayMs } from "../../../upgrade/duration.ts";
import { type EpochMs, isIdle } from "../../../upgrade/status.ts";
import type { Tables } from "./migrations.ts";
import { readable, spansOf, type StoredRow } from "./stored.ts";

/** An upgrade that has more spans, because it never ends, is cut after all: it would keep everything. */
export const mostSpansKeptWhole = 20_000;

/** What is asked of a history when it is cut. */
export type CutQuestion = {
  readonly cluster: string;
  /** What ended before it is to go. */
  readonly before: EpochMs;
  /** Nothing that ended later goes. */
  readonly keepFrom: EpochMs;
  /** What becomes of an upgrade of which only a part is that old: it is kept whole, or goes whole. */
  readonly split: "keep" | "drop";
  readonly mostSpans?: number;
};

/**
 * The first place of a cluster that is kept. It is an idle one, the last before an upgrade: what is kept reads as it
 * did before. An upgrade that has not ended, or not before `keepFrom`, never goes.
 */
export async function cutOf(
  database: Kysely<Tables>,
  { cluster, before, keepFrom, split, mostSpans = mostSpansKeptWhole }: CutQuestion,
): Promise<number> {
  const rows = spansOf(database, cluster);
  const oldest = await rows.orderBy("sequence").limit(1).executeTakeFirst();
  const asked = await firstKept(rows, before, keepFrom);
  if (oldest === undefined || asked <= oldest.sequence) {
    return oldest?.sequence ?? 0;
  }
  const idleBefore = await idleAt(rows, asked, Math.max(oldest.sequence, asked - mostSpans));
  // What begins with less than its first place is what was left when it was cut before.
  const isBegin = oldest.sequence === 1 && asked - 1 <= mostSpans;
  const down = idleBefore ?? (isBegin ? oldest.sequence : null);
  if (down === asked || (split === "keep" && down !== null)) {
    return down;
  }
  const up = await idleFrom(rows, asked, await firstKept(rows, keepFrom, keepFrom));
  if (split === "drop") {
    return up ?? down ?? asked;
  }
  return (await isInUpgrade(rows, asked)) ? (up ?? asked) : asked;
}

type Rows = ReturnType<typeof spansOf>;

/**
 * The first place that did not end before a moment; the newest is always kept. What is dated in the future, by a clock
 * that was set wrongly, is as old as what came after it.
 */
async function firstKept(rows: Rows, before: EpochMs, keepFrom: EpochMs): Promise<number> {
  // In the order of places, not by an index of dates: what is looked for is near the oldest.
  const endsAt = sql<number>`+ends_at`;
  const tomorrow = keepFrom + 2 * dayMs;
  const first =
    (await rows
      .where(endsAt, ">=", before)
      .where(endsAt, "<=", tomorrow)
      .orderBy("sequence")
      .limit(1)
      .executeTakeFirst()) ?? (await rows.orderBy("sequence", "desc").limit(1).executeTakeFirst());
  const last = await rows
    .where(endsAt, "<", before)
    .where("sequence", "<", first?.sequence ?? 0)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return last === undefined ? 0 : last.sequence + 1;
}

/** The newest idle place up to one. */
async function idleAt(rows: Rows, place: number, from: number): Promise<number | null> {
  const maybe = rows.where("sequence", ">=", from).where(bodyTells, "like", idlePattern);
  for (let upTo = place; ; upTo -= 1) {
    // oxlint-disable-next-line no-await-in-loop
    const found = await maybe
      .where("sequence", "<=", upTo)
      .orderBy("sequence", "desc")
      .limit(1)
      .executeTakeFirst();
    if (found === undefined || isIdleRow(found)) {
      return found?.sequence ?? null;
    }
    upTo = found.sequence;
  }
}

/** The oldest idle place from one on. */
async function idleFrom(rows: Rows, place: number, upTo: number): Promise<number | null> {
  const maybe = rows.where("sequence", "<=", upTo).where(bodyTells, "like", idlePattern);
  for (let from = place; ; from += 1) {
    // oxlint-disable-next-line no-await-in-loop
    const found = await maybe
      .where("sequence", ">=", from)
      .orderBy("sequence")
      .limit(1)
      .executeTakeFirst();
    if (found === undefined || isIdleRow(found)) {
      return found?.sequence ?? null;
    }
    from = found.sequence;
  }
}

async function isInUpgrade(rows: Rows, place: number): Promise<boolean> {
  const heard = await rows
    .where("sequence", "<", place)
    .where("kind", "=", "status")
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return heard !== undefined && !isIdleRow(heard);
}

const bodyTells = sql<string>`body`;
/** Finds what may be an idle answer without reading every body; what was found is then read. */
const idlePattern = '%"state":"UPGRADE_STATE_IDLE"%';

function isIdleRow(row: StoredRow): boolean {
  const span = readable([row]).records[0]?.span;
  return span?.kind === "status" && isIdle(span.status.state);
}
