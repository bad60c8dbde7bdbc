/** What pages and files say of an upgrade, in the same words. */
import { measuredWords } from "../duration.ts";
import type { UpgradeSettings } from "../status.ts";
import type { RunRecord, Wait } from "../runs/record.ts";
import { upgradeFacts } from "./kind.ts";

/** `7.1.4 → 7.2.3`; a version that was not heard is told as such. */
export function versionsWords({
  fromVersion,
  targetVersion,
}: Pick<RunRecord, "fromVersion" | "targetVersion">): string {
  return `${fromVersion ?? "version not heard"} → ${targetVersion ?? "target not heard"}`;
}

/** The kind of upgrade, and what is set otherwise than usual. */
export function kindWords(settings: UpgradeSettings | null): string {
  const byHand = settings?.auto_commit === false ? ["commit by hand"] : [];
  return [...upgradeFacts(settings), ...byHand].join(" · ");
}

/** How long an upgrade took, or takes so far, with how far that is to be trusted. */
export type RunLength = {
  readonly ms: number;
  /** `≥` where its beginning was not heard, `≤` where its end was not, `≈` where neither was; empty where it is exact. */
  readonly sign: "" | "≥ " | "≤ " | "≈ ";
};

/** @param now the server's moment; it matters while the upgrade goes on */
export function runLength(
  {
    from,
    to,
    fromExact,
    toWatched,
    lastHeard,
  }: Pick<RunRecord, "from" | "to" | "fromExact" | "toWatched" | "lastHeard">,
  now: number,
): RunLength {
  const ms = Math.max(0, (to ?? Math.max(now, lastHeard)) - from);
  const isEndOpen = to !== null && !toWatched;
  const sign = fromExact ? (isEndOpen ? "≤ " : "") : isEndOpen ? "≈ " : "≥ ";
  return { ms, sign };
}

/** Who was waited for, and how long: `waited 2 h 10 min for someone to commit`. */
export function waitWords({ for: who, ms, mostMs, open }: Wait): string {
  const reason = who === "person" ? "for someone to commit" : "for nodes to reboot";
  // Where the end was not heard, the wait may have been longer than what was heard of it.
  const least = mostMs === null || mostMs - ms > Math.max(10_000, ms * 0.1) ? "at least " : "";
  return `${open ? "waits" : "waited"} ${open ? "" : least}${measuredWords(ms)} ${reason}`;
}

/** Which other upgrade an abandoned prepare belongs to, told where it is one. */
export function repeatWords({
  repeats,
  repeatedBy,
  prepare,
}: Pick<RunRecord, "repeats" | "repeatedBy" | "prepare">): string | null {
  if (repeatedBy !== null) {
    return repeats === null
      ? "abandoned, and prepared again by the next upgrade"
      : "repeats the prepare before it, and was repeated again";
  }
  if (repeats !== null) {
    return "repeats the prepare before it";
  }
  return prepare === "abandoned" ? "abandoned before any commit" : null;
}

/** A part of a whole as a percent that never hides that there is one: `< 1 %`, `12 %`. */
export function shareWords(share: number): string {
  const percent = Math.floor(share * 100);
  return percent === 0 && share > 0 ? "< 1 %" : `${percent} %`;
}

/** How many there are of something: `1 error`, `3 errors`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
