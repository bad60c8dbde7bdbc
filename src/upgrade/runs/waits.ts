import type { Span } from "../span.ts";
import type { EpochMs, UpgradeSettings } from "../status.ts";
import type { RunDraft } from "./cut.ts";
import type { RunPart } from "./parts.ts";
import { statesOf } from "./runStates.ts";

/** Who was waited for, and how long, as far as it was heard. */
export type Wait = {
  /** A person who commits, or nodes that reboot. */
  readonly for: "person" | "nodes";
  readonly ms: number;
  readonly leastMs: number;
  readonly mostMs: number | null;
  readonly open: boolean;
};

/**
 * Who was waited for in a run. Where someone changed meanwhile who commits, a person was waited for only while one had to.
 *
 * @param parts the run's time, divided; see `parts.ts`
 * @param settings those of the run, which hold where an answer has none
 */
export function waitsOf(
  draft: RunDraft,
  parts: readonly RunPart[],
  settings: UpgradeSettings | null,
): readonly Wait[] {
  const waited = waitedForBySpan(draft, settings);
  const stays = statesOf(draft, parts, (one, next) => waited.get(one) === waited.get(next));
  const byStart = new Map<EpochMs, Wait["for"] | null>(
    [...waited].map(([{ from }, who]) => [from, who]),
  );
  return stays.flatMap(
    ({ state, inferred, from, measuredMs, inferredMs, leastMs, mostMs, open }) => {
      const who = inferred
        ? waitedFor(state, settings?.auto_commit ?? null)
        : (byStart.get(from) ?? null);
      return who === null ? [] : [{ for: who, ms: measuredMs + inferredMs, leastMs, mostMs, open }];
    },
  );
}

function waitedForBySpan(
  { spans }: RunDraft,
  settings: UpgradeSettings | null,
): ReadonlyMap<Span, Wait["for"] | null> {
  const waited = new Map<Span, Wait["for"] | null>();
  let autoCommit: boolean | null = null;
  for (const span of spans) {
    if (span.kind === "status") {
      autoCommit = span.status.settings?.auto_commit ?? autoCommit;
      const who = waitedFor(span.status.state, autoCommit ?? settings?.auto_commit ?? null);
      waited.set(span, who);
    }
  }
  return waited;
}

function waitedFor(state: string, autoCommit: boolean | null): Wait["for"] | null {
  if (state === "UPGRADE_STATE_PREPARED") {
    return autoCommit === true ? null : "person";
  }
  return state === "UPGRADE_STATE_REBOOTING" ? "nodes" : null;
}
