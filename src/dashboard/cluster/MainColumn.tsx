import { type ReactNode, useMemo } from "react";
import type { ErrorEntry } from "../../upgrade/runs/errors.ts";
import { eventsOf } from "./events.ts";
import { Events } from "./facts/Events.tsx";
import { PastErrors } from "./facts/PastErrors.tsx";
import { standingSpans } from "./live.ts";
import { StateTimeline, type StateTimelineProperties } from "../timeline/StateTimeline.tsx";

/** What the main column is drawn from. */
export type MainColumnProperties = StateTimelineProperties & {
  /** The errors of the history. */
  readonly ledger: readonly ErrorEntry[];
};

/** The timeline, and what happened in words. */
export function MainColumn(properties: MainColumnProperties): ReactNode {
  const { ledger, status, zone } = properties;
  const { link, linkSince } = status;
  const spans = useMemo(
    () => standingSpans(properties.spans, { link, linkSince }),
    [properties.spans, link, linkSince],
  );
  const addresses = status.nodes.length;
  const events = useMemo(() => eventsOf(spans, addresses), [spans, addresses]);
  return (
    <>
      <StateTimeline {...properties} spans={spans} />
      <PastErrors errors={ledger.filter(({ holds }) => !holds)} zone={zone} />
      <Events events={events} zone={zone} />
    </>
  );
}
