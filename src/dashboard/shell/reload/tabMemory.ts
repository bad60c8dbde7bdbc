import * as z from "zod/mini";

const memorySchema = z.object({
  /** For which build this tab was loaded anew. */
  build: z.nullable(z.string()),
  /** How often in a row the page broke soon after it was loaded. */
  breaks: z.number(),
  /** The parts of the page whose code could not be had, each of which cost one reload. */
  missing: z.array(z.string()),
});

/** What a tab remembers when it loads itself anew, so that it never does so in a loop. */
export type TabMemory = z.output<typeof memorySchema>;

const nothing: TabMemory = { build: null, breaks: 0, missing: [] };
const entrySchema = z.object({ upgradeWatch: memorySchema });

/**
 * What this tab remembers. It lives in the entry of the tab's own history, which outlasts a reload, a discarded tab and a
 * crash, and which no setting of a browser denies as it does storage.
 */
export function tabMemory(): TabMemory {
  const read = entrySchema.safeParse(history.state);
  return read.success ? read.data.upgradeWatch : nothing;
}

/** Changes what this tab remembers; what is not named stays. */
export function remember(change: Partial<TabMemory>): void {
  const before: unknown = history.state;
  const entry = typeof before === "object" && before !== null ? before : {};
  history.replaceState({ ...entry, upgradeWatch: { ...tabMemory(), ...change } }, "");
}
