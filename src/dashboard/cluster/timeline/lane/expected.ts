/** What is expected to the right of now; drawn dotted, for nothing of it was heard. */
import type { ClusterStatus } from "../../../../contract/api.ts";
import { expectedAbsence } from "../../../../upgrade/absence.ts";
import type { Span } from "../../../../upgrade/span.ts";
import { type EpochMs, type State, states } from "../../../../upgrade/status.ts";
import type { Tone } from "../../../../upgrade/verdictFace.ts";

/** A piece of the lane's future. */
export type Expectation = {
  readonly key: string;
  readonly words: string;
  readonly tone: Tone;
  /** Null: it begins now, and moves on with it. */
  readonly from: EpochMs | null;
  /** Null: it reaches to the edge of the picture. */
  readonly to: EpochMs | null;
};

/** What the lane may show after now: the rest of the preparation by its forecast, or the end of an expected absence. */
export function expectationsOf(
  {
    eta,
    link,
    linkSince,
    state,
    status,
    nodes,
  }: Pick<ClusterStatus, "eta" | "link" | "linkSince" | "state" | "status" | "nodes">,
  spans: readonly Span[],
): readonly Expectation[] {
  if (eta !== null && state === "UPGRADE_STATE_PREPARING") {
    const next = nextAfterPreparing(status?.settings?.auto_commit ?? null);
    return [
      expectation("UPGRADE_STATE_PREPARING", null, eta.likely),
      ...(next === null ? [] : [expectation(next, eta.likely, null)]),
    ];
  }
  const absence = expectedAbsence(
    spans.findLast((span) => span.kind === "status"),
    nodes.length,
  );
  if (link === "away" && absence !== null) {
    const to = linkSince + absence.typicalMs;
    return [
      { key: "back", words: "typically back by the end of this", tone: "idle", from: null, to },
    ];
  }
  return [];
}

function nextAfterPreparing(autoCommit: boolean | null): State | null {
  return autoCommit === null
    ? null
    : autoCommit
      ? "UPGRADE_STATE_COMMITTING"
      : "UPGRADE_STATE_PREPARED";
}

function expectation(state: State, from: EpochMs | null, to: EpochMs | null): Expectation {
  const { word, token } = states[state];
  return { key: state, words: `expected: ${word}`, tone: token, from, to };
}
