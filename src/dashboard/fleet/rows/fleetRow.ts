import { type Face, faceOf } from "../../../upgrade/verdictFace.ts";
import { pastPercent } from "../../shell/past.ts";
import { sinceOf } from "../../shell/since.ts";
import { type Versions, versionsOf } from "../../shell/versions.ts";
import { hourAndMinute, minuteMoment } from "../../ui/format.ts";
import type { HeardCluster } from "./heardCluster.ts";

/** What a row of the fleet says, but for what ticks. */
export type FleetRow = {
  readonly id: string;
  readonly name: string;
  readonly face: Face;
  /** Percent of PREPARING as a fraction, for its ring; null in every other state. */
  readonly fraction: number | null;
  readonly headline: string;
  readonly detail: string;
  /** Since when it is so; null when that is not known, as the begin of a failure never is. */
  readonly since: number | null;
  /** False when it began at some moment before `since`. */
  readonly sinceExact: boolean;
  readonly version: Versions;
  readonly expected: string;
};

/** A cluster's row; moments are told in the given zone. */
export function fleetRow(summary: HeardCluster, zone: string): FleetRow {
  const since = sinceOf(summary);
  const isPreparing = summary.state === "UPGRADE_STATE_PREPARING" && summary.progress !== null;
  return {
    id: summary.id,
    name: summary.name,
    face: faceOf(summary),
    fraction: isPreparing ? (summary.progress ?? 0) / 100 : null,
    headline: summary.headline,
    detail: summary.detail,
    since: summary.verdict === "failed" ? null : since.at,
    sinceExact: since.isExact,
    version: versionsOf(summary),
    expected: expectedWords(summary, zone),
  };
}

function expectedWords(summary: HeardCluster, zone: string): string {
  const { verdict, eta, run, windowEnd, progress, blocked, observedAt } = summary;
  if (verdict === "outage" || verdict === "denied") {
    return progress === null ? "—" : pastPercent(progress);
  }
  if (verdict === "waiting") {
    const by = summary.window?.commitBy ?? windowEnd;
    return by === null ? "your commit" : `commit by ${minuteMoment(by, observedAt ?? by, zone)}`;
  }
  if (verdict === "done") {
    const provenAt = run?.to ?? null;
    return provenAt === null ? "proven" : `proven ${hourAndMinute(provenAt, zone)}`;
  }
  if (eta !== null) {
    const [earliest, latest] = [eta.earliest, eta.latest].map((at) => hourAndMinute(at, zone));
    return earliest === latest ? `≈ ${latest}` : `${earliest}–${latest}`;
  }
  return blocked === null ? "—" : `blocked: ${blocked.reason}`;
}
