import * as z from "zod/mini";
import { firstAnswerId } from "../../contract/firstAnswer.ts";
import { parseJson, type Received } from "./fetchJson.ts";
import { steadyNowMs } from "./steadyClock.ts";

/** How long ago the page on screen was asked for, and how long it has been here. */
export type PageAge = { readonly askedMs: number; readonly receivedMs: number };

/** An older one would be taken for the last word of a lost server before the next one can be here. */
const oldestMs = 2000;
/** Where the wall clock moved so much further than the monotonic one, the machine slept. */
const sleptMs = 1000;

/**
 * The answer that came along with the page itself, so that the first view need not wait for one more. Its age counts
 * from when the page was asked for. It is taken once: whoever asks again asks the server.
 *
 * @returns undefined where there is none to this question, or it is too old or not understood: then the server is asked
 */
export function firstAnswer<Answer>(
  schema: z.ZodMiniType<Answer>,
  path: string,
  age: PageAge | null = pageAge(),
  nowMs: number = steadyNowMs(),
): Received<Answer> | undefined {
  const element = document.getElementById(firstAnswerId);
  if (element === null || element.dataset["path"] !== path) {
    return undefined;
  }
  element.remove();
  const read = z.safeParse(schema, parseJson(element.textContent));
  const isUsable = age !== null && age.receivedMs >= 0 && age.receivedMs <= oldestMs;
  return read.success && isUsable
    ? { answer: read.data, askedAtMs: nowMs - age.askedMs, receivedAtMs: nowMs - age.receivedMs }
    : undefined;
}

/** By the browser's own account; null where it gives none, or where the machine slept meanwhile. */
function pageAge(): PageAge | null {
  const [load] = performance.getEntriesByType("navigation");
  const nowMs = performance.now();
  const slept = Math.abs(Date.now() - performance.timeOrigin - nowMs) > sleptMs;
  return load instanceof PerformanceNavigationTiming && load.requestStart > 0 && !slept
    ? { askedMs: nowMs - load.requestStart, receivedMs: nowMs - load.responseEnd }
    : null;
}
