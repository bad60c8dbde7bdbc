import * as z from "zod/mini";

const key = "acknowledged";
const schema = z.record(z.string(), z.string());

const listeners = new Set<() => void>();
let known: ReadonlyMap<string, string> | undefined;

function read(): ReadonlyMap<string, string> {
  try {
    const text: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    const parsed = schema.safeParse(text);
    return new Map(Object.entries(parsed.success ? parsed.data : {}));
  } catch {
    // Refused by the browser, or not ours: nothing was acknowledged then.
    return new Map();
  }
}

/** What was acknowledged on this screen: by a cluster's id the occurrence; see `cues.ts`. */
export function acknowledgements(): ReadonlyMap<string, string> {
  known ??= read();
  return known;
}

/** Acknowledges these on this screen, in all its tabs; what was acknowledged before and is over is forgotten. */
export function acknowledge(occurrences: ReadonlyMap<string, string>): void {
  known = occurrences;
  try {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(occurrences)));
  } catch {
    // Refused or full: it holds until the page is left.
  }
  tell();
}

/** Calls back when something was acknowledged, in this tab or in another of this screen. */
export function onAcknowledge(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener("storage", hearOthers);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      removeEventListener("storage", hearOthers);
    }
  };
}

function hearOthers(event: StorageEvent): void {
  if (event.key === key) {
    known = read();
    tell();
  }
}

function tell(): void {
  for (const each of listeners) {
    each();
  }
}
