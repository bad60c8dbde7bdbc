import { type ReactNode, useMemo } from "react";
import type { EpochMs } from "../../../upgrade/status.ts";
import { SinceFrame, SinceStatus } from "../../shell/looked/SinceFrame.tsx";
import { useAway } from "../../shell/looked/useAway.ts";
import { moment } from "../../ui/format.ts";
import type { HistoryEvent } from "../events.ts";
import { EventWords } from "../facts/Events.tsx";
import { sinceLooked } from "./sinceLooked.ts";

type SinceLookedProperties = {
  readonly cluster: string;
  /** The server's time. */
  readonly now: EpochMs;
  /** The newest first. */
  readonly events: readonly HistoryEvent[];
  /** Since when the history is at hand; null where there is none. */
  readonly from: EpochMs | null;
  readonly zone: string;
};

/** What changed on a cluster while nobody looked at its page. */
export default function SinceLooked(properties: SinceLookedProperties): ReactNode {
  const { cluster, now, events, from, zone } = properties;
  const [away, dismiss] = useAway(`cluster ${cluster}`, now);
  const told = useMemo(
    () => (away === null ? null : sinceLooked(events, away, from)),
    [events, away, from],
  );
  return (
    <>
      <SinceStatus changes={told === null ? null : told.events.length + told.left} />
      {away === null || told === null ? null : (
        <SinceFrame
          away={away}
          zone={zone}
          lines={told.events.map((event) => ({
            key: event.key,
            line: (
              <span className="flex gap-3">
                <time
                  dateTime={new Date(event.at).toISOString()}
                  className="shrink-0 font-mono text-muted"
                >
                  {moment(event.at, away.until, zone)}
                </time>
                <EventWords event={event} />
              </span>
            ),
          }))}
          left={told.left}
          more={
            told.isPartial
              ? {
                  words: "What came before is not at hand here.",
                  href: `/clusters/${encodeURIComponent(cluster)}/runs`,
                }
              : null
          }
          onDismiss={dismiss}
        />
      )}
    </>
  );
}
