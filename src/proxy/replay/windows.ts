import { dayMs, hourMs } from "../../upgrade/duration.ts";
import type { Span } from "../../upgrade/span.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { SpanReader } from "../spansOf.ts";
import type { Watch } from "../watch.ts";

/** The spans that pictures of a time are made from, each window read once for all viewers. */
export type Windows = (
  watch: Pick<Watch, "cluster" | "picture">,
  at: EpochMs,
) => Promise<readonly Span[]>;

/** One window serves so long a time; a replay at 600 times passes through it in 36 s. */
const windowMs = 6 * hourMs;
/** So far back a run in flight is looked for, as after a start. */
const lookBackMs = 14 * dayMs;
/** About 40 MB of the kind of spans that an upgrade has. */
const mostSpansHeld = 60_000;

type Held = { readonly spans: Promise<readonly Span[]>; size: number };

/** Holds the windows that were asked for last. */
export function openWindows(read: SpanReader, now: () => EpochMs): Windows {
  const windows = new Map<string, Held>();
  let total = 0;
  const drop = (key: string): void => {
    total -= windows.get(key)?.size ?? 0;
    windows.delete(key);
  };
  return async (watch, at) => {
    const { revision, earlierMs } = watch.picture();
    const begin = Math.floor(at / windowMs) * windowMs;
    const end = begin + windowMs;
    // What reaches into the present grows; what is past changes only when its dates do.
    const version = end >= now() - windowMs ? revision : `${earlierMs}`;
    const key = `${watch.cluster().id} ${begin} ${version}`;
    const known = windows.get(key);
    const held = known ?? { spans: readWindow(watch, begin, end), size: 0 };
    // Asked for last, dropped last.
    windows.delete(key);
    windows.set(key, held);
    try {
      const spans = await held.spans;
      if (held.size === 0 && windows.get(key) === held) {
        held.size = spans.length + 1;
        total += held.size;
      }
      for (const oldest of windows.keys()) {
        if (total <= mostSpansHeld || oldest === key) {
          break;
        }
        drop(oldest);
      }
      return upToDate(spans, watch.picture().spans);
    } catch (error) {
      drop(key);
      throw error;
    }
  };

  async function readWindow(
    watch: Pick<Watch, "cluster" | "picture">,
    begin: EpochMs,
    end: EpochMs,
  ): Promise<readonly Span[]> {
    const { spans, cutBefore } = await read(watch, begin - lookBackMs, end);
    if (cutBefore !== undefined && cutBefore > begin) {
      throw new Error("The history can't be read now.");
    }
    return spans;
  }
}

/** The newest span may have grown since, under the same revision. */
function upToDate(spans: readonly Span[], newest: readonly Span[]): readonly Span[] {
  const held = spans.at(-1);
  const now = newest.at(-1);
  const isSame = now !== undefined && held?.from === now.from && held.kind === now.kind;
  return isSame && held.to !== now.to ? [...spans.slice(0, -1), now] : spans;
}
