import { type ReactNode, Suspense } from "react";
import type { ClusterStatus } from "../../contract/api.ts";
import type { Run } from "../../upgrade/runs/run.ts";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { Guarded } from "../ui/Guarded.tsx";
import { Settings } from "../shell/settings/Settings.tsx";

const LastFacts = lazyPart("last-facts", async () => {
  const { LastFacts } = await import("./facts/LastFacts.tsx");
  return { default: LastFacts };
});

const RollingReboot = lazyPart("rolling-reboot", async () => {
  const { RollingReboot } = await import("./facts/RollingReboot.tsx");
  return { default: RollingReboot };
});

const PresentNotes = lazyPart("present-notes", async () => {
  const { PresentNotes } = await import("./facts/PresentNotes.tsx");
  return { default: PresentNotes };
});

const Outlook = lazyPart("outlook", async () => {
  const { Outlook } = await import("./facts/Outlook.tsx");
  return { default: Outlook };
});

/** What the side column is drawn from. */
export type SideFactsProperties = {
  readonly status: ClusterStatus;
  /** The last upgrade, or the one in flight. */
  readonly run: Run | undefined;
  readonly live: boolean;
  readonly zone: string;
};

/** How far a rolling reboot is, what is forecast, the settings, the nodes, whom to ask, and the raw reply. */
export function SideFacts({ status, run, live, zone }: SideFactsProperties): ReactNode {
  const settings = status.status?.settings ?? run?.settings ?? null;
  return (
    <>
      {status.reboot === null ? null : (
        <Guarded name="The rolling reboot">
          <Suspense fallback={null}>
            <RollingReboot status={status} live={live} />
          </Suspense>
        </Guarded>
      )}
      <Guarded name="The outlook">
        <Suspense fallback={null}>
          <Outlook status={status} live={live} zone={zone} />
        </Suspense>
      </Guarded>
      {status.run === null || status.run.to !== null ? null : (
        <Guarded name="The notes">
          <Suspense fallback={null}>
            <PresentNotes status={status} from={status.run.from} zone={zone} />
          </Suspense>
        </Guarded>
      )}
      <Guarded name="The settings">
        <Settings settings={settings} remark={settingsRemark(status, run)} />
      </Guarded>
      <Guarded name="What is known of the nodes">
        <Suspense fallback={null}>
          <LastFacts status={status} zone={zone} />
        </Suspense>
      </Guarded>
    </>
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
