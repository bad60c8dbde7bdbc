import { type ReactNode, useMemo } from "react";
import type { ClusterStatus } from "../../contract/api.ts";
import { errorLedger } from "../../upgrade/errors.ts";
import { cutRuns, type Run } from "../../upgrade/run.ts";
import type { Span } from "../../upgrade/span.ts";
import { CommitBanner } from "./banners/CommitBanner.tsx";
import { ConnectionBanner } from "./banners/ConnectionBanner.tsx";
import { connectionOf } from "./banners/connection.ts";
import { ErrorBanner } from "./banners/ErrorBanner.tsx";
import { errorReport } from "./banners/error.ts";
import { Settings } from "./facts/Settings.tsx";
import { Headline } from "./headline/Headline.tsx";
import { railOf } from "./headline/rail.ts";
import { StepRail } from "./headline/StepRail.tsx";
import { Guarded } from "../ui/Guarded.tsx";
import { LaterMainColumn, LaterRollingReboot, LaterSideFacts } from "./LaterParts.tsx";
import { rangeOf, type Range } from "./range.ts";

type ClusterViewProperties = {
  readonly status: ClusterStatus;
  /** The history as it was last loaded, oldest first. */
  readonly spans: readonly Span[];
  /** Whether the picture is fresh; otherwise its colours are drained. */
  readonly live: boolean;
  readonly zone: string;
  /** The range as it stands in the address. */
  readonly rangeText: string | null;
  readonly onRange: (range: Range) => void;
};

/** One cluster, in full. */
export function ClusterView(properties: ClusterViewProperties): ReactNode {
  const { status, spans, live, zone, rangeText, onRange } = properties;
  const run = useMemo(() => cutRuns(spans).at(-1), [spans]);
  const ledger = useMemo(() => errorLedger(spans), [spans]);
  const drained = live ? undefined : "false";
  const rail = railOf(run, spans, status, live);
  const settings = status.status?.settings ?? null;
  return (
    // What tells of an outage keeps the red that everything else loses while the picture is not live.
    <div className="grid gap-4 [--alarm-tint:var(--tint-act)] [--alarm:var(--color-act)]">
      <Guarded name="The headline">
        <Headline status={status} run={run} live={live} zone={zone} />
      </Guarded>
      <div>
        <Guarded name="What the cluster says of its error">
          <ErrorBanner report={errorReport(status, ledger)} zone={zone} />
        </Guarded>
        <Guarded name="What is known of the connection">
          <ConnectionBanner connection={connectionOf(status, spans)} zone={zone} />
        </Guarded>
        {status.verdict === "waiting" ? <CommitBanner /> : null}
        {rail === null ? null : (
          <div className="pt-1" data-live={drained}>
            <Guarded name="The row of steps">
              <StepRail rail={rail} />
            </Guarded>
          </div>
        )}
      </div>
      <div
        data-live={drained}
        className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20.5rem]"
      >
        <div className="grid min-w-0 gap-4">
          <LaterMainColumn
            status={status}
            spans={spans}
            ledger={ledger}
            live={live}
            range={rangeOf(rangeText, status.run)}
            zone={zone}
            onRange={onRange}
          />
        </div>
        <div className="grid min-w-0 gap-4">
          <LaterRollingReboot status={status} live={live} />
          <Guarded name="The settings">
            <Settings
              settings={settings ?? run?.settings ?? null}
              remark={settingsRemark(status, run)}
            />
          </Guarded>
          <LaterSideFacts status={status} zone={zone} />
        </div>
      </div>
    </div>
  );
}

function settingsRemark(
  { status, observedAt }: ClusterStatus,
  run: Run | undefined,
): string | null {
  if (status !== null && status.settings !== null) {
    return null;
  }
  if (run === undefined || run.settings === null) {
    return observedAt === null ? "Nothing was heard yet." : "The cluster reports no settings.";
  }
  return run.to === null
    ? "As last heard; the cluster reports no settings now."
    : "Of the last upgrade; the cluster reports no settings now.";
}
