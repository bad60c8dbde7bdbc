import type { EpochMs } from "../status.ts";
import { sameVersion, versionText } from "../version.ts";
import { isAfterCommit, type RunDraft } from "./cut.ts";

/** How a run ended, with its reason. */
export type RunOutcome =
  | { readonly kind: "in-flight" }
  | { readonly kind: "proven"; readonly version: string }
  | {
      readonly kind: "unproven";
      readonly reason:
        | "other-version"
        | "version-unreadable"
        | "target-unknown"
        | "target-unreadable";
      readonly version: string | null;
    }
  | { readonly kind: "not-committed" }
  | { readonly kind: "superseded" };

/** The answer that an outcome rests on: which version was read as running, and when. */
export type Proof = { readonly version: string; readonly readAt: EpochMs };

/** How a run ended, and the reading that says so; null where no version was read. */
export function outcomeOf(draft: RunDraft): {
  readonly outcome: RunOutcome;
  readonly proof: Proof | null;
} {
  if (draft.ending.kind === "none") {
    return { outcome: { kind: "in-flight" }, proof: null };
  }
  if (draft.ending.kind === "next-run") {
    return { outcome: { kind: "superseded" }, proof: null };
  }
  const { idle, gap } = draft.ending;
  const heard = draft.spans.filter((span) => span.kind === "status");
  const settings = heard.findLast(({ status }) => status.settings !== null)?.status.settings;
  const target = settings?.target_version ?? null;
  const readings = idle.flatMap(({ version, from }) =>
    version === null ? [] : [{ version, readAt: from }],
  );
  const [first] = readings;
  const last = readings.at(-1);
  const beforeCommit = heard.find((span) => span.version !== null)?.version ?? null;
  const committed = heard.some(({ status }) => isAfterCommit(status.state)) || gap;
  if (!committed && first !== undefined && sameVersion(first.version, beforeCommit) === true) {
    return { outcome: { kind: "not-committed" }, proof: proofOf(first) };
  }
  // Once proven, always proven: what ran later is another upgrade's matter.
  const proof = readings.find(({ version }) => sameVersion(version, target) === true);
  if (proof !== undefined) {
    return { outcome: { kind: "proven", version: proof.version }, proof: proofOf(proof) };
  }
  return {
    outcome: unproven(last?.version ?? null, target),
    proof: last === undefined ? null : proofOf(last),
  };
}

function proofOf({ version, readAt }: Proof): Proof {
  return { version: versionText(version), readAt };
}

function unproven(version: string | null, target: string | null): RunOutcome {
  if (version === null) {
    return { kind: "unproven", reason: "version-unreadable", version };
  }
  if (target === null || target.trim() === "") {
    return { kind: "unproven", reason: "target-unknown", version };
  }
  const reason = sameVersion(version, target) === null ? "target-unreadable" : "other-version";
  return { kind: "unproven", reason, version };
}
