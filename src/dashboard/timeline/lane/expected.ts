/** What is expected to the right of now; drawn dotted, for nothing of it was heard. */
import type { ClusterStatus } from "../../../contract/api.ts";
import { expectedAbsence, settingsInFlight } from "../../../upgrade/absence.ts";
import type { Span } from "../../../upgrade/span.ts";
import { type EpochMs, type State, states } from "../../../upgrade/status.ts";
import { hourAndMinute } from "../../ui/format.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";

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

/** Up to when what is expected reaches, so that the axis makes room for it; null where nothing is expected. */
export function expectedEnd(
  status: Pick<ClusterStatus, "eta" | "etaWhole" | "link" | "linkSince" | "nodes">,
  spans: readonly Span[],
): EpochMs | null {
  return status.etaWhole?.latest ?? status.eta?.latest ?? typicalReturn(status, spans);
}

/** When a cluster that is away as expected is typically back; null where no such absence goes on. */
function typicalReturn(
  { link, linkSince, nodes }: Pick<ClusterStatus, "link" | "linkSince" | "nodes">,
  spans: readonly Span[],
): EpochMs | null {
  const heard = spans.findLast((span) => span.kind === "status");
  const absence =
    link === "away" ? expectedAbsence(heard, nodes.length, settingsInFlight(spans)) : null;
  return absence === null ? null : linkSince + absence.typicalMs;
}

/** What the lane may show after now: the rest of the way by its forecast, or the end of an expected absence. */
export function expectationsOf(
  {
    eta,
    etaWhole,
    link,
    linkSince,
    state,
    status,
    nodes,
  }: Pick<ClusterStatus, "eta" | "etaWhole" | "link" | "linkSince" | "state" | "status" | "nodes">,
  spans: readonly Span[],
  zone: string,
): readonly Expectation[] {
  if (eta !== null && state === "UPGRADE_STATE_PREPARING") {
    const next = nextAfterPreparing(status?.settings?.auto_commit ?? null);
    return [
      expectation("UPGRADE_STATE_PREPARING", null, eta.likely),
      ...(next === null ? [] : [expectation(next, eta.likely, etaWhole?.likely ?? null)]),
      ...(etaWhole === null ? [] : [expectation("UPGRADE_STATE_IDLE", etaWhole.likely, null)]),
    ];
  }
  if (etaWhole !== null) {
    const words = `over by about ${hourAndMinute(etaWhole.likely, zone)}`;
    return [{ key: "over", words, tone: "idle", from: null, to: etaWhole.likely }];
  }
  const to = typicalReturn({ link, linkSince, nodes }, spans);
  const words = `typically back by ${hourAndMinute(to ?? 0, zone)}`;
  return to === null ? [] : [{ key: "back", words, tone: "idle", from: null, to }];
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
