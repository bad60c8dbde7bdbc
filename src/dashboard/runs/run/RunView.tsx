import { type ReactNode, useMemo } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { RunDetail } from "../../../contract/runs.ts";
import type { Received } from "../../api/fetchJson.ts";
import { useZone } from "../../shell/zone.ts";
import { LiveClockProvider, useLiveClock, useShownStatus } from "../../timeline/liveClock.ts";
import { NotesPanel } from "../../shell/notes/NotesPanel.tsx";
import { Settings } from "../../shell/settings/Settings.tsx";
import { Guarded } from "../../ui/Guarded.tsx";
import {
  AbsencesPanel,
  ErrorsPanel,
  OdditiesPanel,
  SamplingPanel,
  WaitsPanel,
} from "./Ledgers.tsx";
import { RunHeadline } from "./RunHeadline.tsx";
import { RunLinks } from "./RunLinks.tsx";
import { RunTimeline } from "./RunTimeline.tsx";
import { Moment, SiteZoneProvider } from "../Moment.tsx";
import { RecordPanel } from "./Files.tsx";
import { PaperHead } from "./PaperHead.tsx";
import { RunTools } from "./RunTools.tsx";
import { usePaperTheme } from "./usePaperTheme.ts";
import "./print.css";
import { StatesPanel } from "./StatesPanel.tsx";

type RunViewProperties = {
  /** The newest answer about its cluster. */
  readonly received: Received<ClusterStatus>;
  readonly run: RunDetail;
};

/** One upgrade, in full. */
export function RunView({ received, run }: RunViewProperties): ReactNode {
  const present = useLiveClock(received);
  const { status, live } = useShownStatus(received);
  const zone = useZone(status.zone);
  usePaperTheme();
  const { to } = run;
  // What has ended stands still: nothing of it counts on, and nothing is known of later.
  const clock = useMemo(
    () => (to === null ? present : { now: present.now, heardAt: () => to, knownUntil: () => to }),
    [present, to],
  );
  return (
    <SiteZoneProvider value={status.zone}>
      <LiveClockProvider value={clock}>
        <div className="run-sheet grid gap-4 [--alarm-tint:var(--tint-act)] [--alarm:var(--color-act)]">
          <PaperHead run={run} zone={zone} status={status} />
          <RunTools run={run} />
          <Guarded name="The headline">
            <RunHeadline run={run} status={status} live={live} zone={zone} />
          </Guarded>
          <RunLinks run={run} />
          <div
            data-live={to === null && !live ? "false" : undefined}
            className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20.5rem] print:block"
          >
            <div className="grid min-w-0 gap-4">
              <Guarded name="The timeline">
                <RunTimeline run={run} status={status} live={live} zone={zone} />
              </Guarded>
              <Guarded name="The table of states">
                <StatesPanel run={run} zone={zone} />
              </Guarded>
              <Guarded name="The errors">
                <ErrorsPanel run={run} zone={zone} />
              </Guarded>
              <Guarded name="The absences">
                <AbsencesPanel run={run} zone={zone} />
              </Guarded>
              <Guarded name="The oddities">
                <OdditiesPanel run={run} zone={zone} />
              </Guarded>
            </div>
            <div className="grid min-w-0 gap-4">
              <Guarded name="What it rests on">
                <SamplingPanel run={run} />
              </Guarded>
              <Guarded name="The waits">
                <WaitsPanel run={run} />
              </Guarded>
              <Guarded name="The notes">
                <NotesPanel
                  cluster={run.cluster}
                  zone={zone}
                  from={run.from}
                  to={to === null ? null : Math.max(to, run.proof?.readAt ?? to)}
                  renderMoment={(at) => <Moment at={at} now={run.now} zone={zone} isInline />}
                />
              </Guarded>
              <Guarded name="The record">
                <RecordPanel run={run} />
              </Guarded>
              <Guarded name="The settings">
                <Settings
                  settings={run.settings}
                  remark={run.settings === null ? "It reported no settings." : null}
                />
              </Guarded>
            </div>
          </div>
        </div>
      </LiveClockProvider>
    </SiteZoneProvider>
  );
}
