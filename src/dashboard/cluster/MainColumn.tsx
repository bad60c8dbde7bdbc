import { type ReactNode, Suspense, useMemo } from "react";
import type { ErrorEntry } from "../../upgrade/runs/errors.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { eventsOf } from "./events.ts";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { useIsReplay } from "../shell/useIsReplay.ts";
import { Guarded } from "../ui/Guarded.tsx";
import { standingSpans } from "./live.ts";
import { StateTimeline, type StateTimelineProperties } from "../timeline/StateTimeline.tsx";

const PastErrors = lazyPart("past-errors", async () => {
  const { PastErrors } = await import("./facts/PastErrors.tsx");
  return { default: PastErrors };
});

const EarlierUpgrades = lazyPart("earlier", async () => {
  const { EarlierUpgrades } = await import("./facts/EarlierUpgrades.tsx");
  return { default: EarlierUpgrades };
});

const Events = lazyPart("events", async () => {
  const { Events } = await import("./facts/Events.tsx");
  return { default: Events };
});

const SinceLooked = lazyPart("since", async () => import("./since/SinceLooked.tsx"));

/** What the main column is drawn from. */
export type MainColumnProperties = StateTimelineProperties & {
  /** The cluster's id. */
  readonly cluster: string;
  /** The server's time by its newest answer. */
  readonly now: EpochMs;
  /** The errors of the history. */
  readonly ledger: readonly ErrorEntry[];
};

/** The timeline, and what happened in words. */
export function MainColumn(properties: MainColumnProperties): ReactNode {
  const { cluster, now, ledger, status, zone, missing = null } = properties;
  const isReplay = useIsReplay();
  const { link, linkSince } = status;
  const spans = useMemo(
    () => standingSpans(properties.spans, { link, linkSince }),
    [properties.spans, link, linkSince],
  );
  const past = ledger.filter(({ holds }) => !holds);
  const addresses = status.nodes.length;
  const events = useMemo(() => eventsOf(spans, addresses), [spans, addresses]);
  const from = status.run?.from ?? null;
  const upgrade = useMemo(
    // In a replay the newest upgrade may be a later one.
    () => (from === null || isReplay ? null : { cluster, run: "latest", from }),
    [cluster, from, isReplay],
  );
  return (
    <>
      {isReplay ? null : (
        <Guarded name="What changed since you last looked">
          <Suspense fallback={null}>
            <SinceLooked
              cluster={cluster}
              now={now}
              events={events}
              from={spans[0]?.from ?? null}
              zone={zone}
            />
          </Suspense>
        </Guarded>
      )}
      <StateTimeline {...properties} spans={spans} upgrade={upgrade} />
      {isReplay ? null : (
        <Guarded name="The list of earlier upgrades">
          <Suspense fallback={null}>
            <EarlierUpgrades
              cluster={cluster}
              edition={`${status.run?.from ?? ""} ${status.run?.to ?? ""}`}
              zone={zone}
            />
          </Suspense>
        </Guarded>
      )}
      {past.length === 0 ? null : (
        <Guarded name="The list of earlier errors">
          <Suspense fallback={null}>
            <PastErrors errors={past} zone={zone} />
          </Suspense>
        </Guarded>
      )}
      {missing === null ? (
        <Guarded name="The list of events">
          <Suspense fallback={null}>
            <Events events={events} zone={zone} />
          </Suspense>
        </Guarded>
      ) : null}
    </>
  );
}
