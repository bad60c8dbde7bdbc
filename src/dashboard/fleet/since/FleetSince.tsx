import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import type { Lanes } from "../../../contract/api.ts";
import { hourMs } from "../../../upgrade/duration.ts";
import type { FleetAnswer } from "../../api/fleet/answer.ts";
import { SinceFrame, SinceStatus } from "../../shell/looked/SinceFrame.tsx";
import { useAway } from "../../shell/looked/useAway.ts";
import { minuteMoment } from "../../ui/format.ts";
import { fleetSince } from "./fleetSince.ts";

type FleetSinceProperties = {
  readonly answer: FleetAnswer;
  readonly lanes: Lanes | undefined;
  /** How far the lanes reach back. */
  readonly hours: number;
  readonly zone: string;
};

/** What changed in the fleet while nobody looked at its page. */
export default function FleetSince(properties: FleetSinceProperties): ReactNode {
  const { answer, lanes, hours, zone } = properties;
  const { clusters, now } = answer;
  const [away, dismiss] = useAway("fleet", now);
  const told = useMemo(
    () =>
      away === null || lanes === undefined
        ? null
        : fleetSince(clusters, lanes.lanes, away, lanes.now - hours * hourMs),
    [clusters, lanes, away, hours],
  );
  return (
    <>
      <SinceStatus changes={told === null ? null : told.clusters.length + told.left} />
      {away === null || told === null ? null : (
        <SinceFrame
          away={away}
          zone={zone}
          lines={told.clusters.map(({ id, name, at, words, headline }) => ({
            key: id,
            line: (
              <span className="flex gap-3">
                <time
                  dateTime={new Date(at).toISOString()}
                  className="shrink-0 font-mono text-muted"
                >
                  {minuteMoment(at, away.until, zone)}
                </time>
                <span className="min-w-0">
                  <Link
                    href={`/clusters/${encodeURIComponent(id)}`}
                    className="font-semibold underline-offset-4 hover:underline"
                  >
                    <bdi>{name}</bdi>
                  </Link>{" "}
                  <bdi>{words}</bdi>
                  <bdi className="break-words text-muted"> · now: {headline}</bdi>
                </span>
              </span>
            ),
          }))}
          left={told.left}
          more={
            told.isPartial
              ? { words: "What came before is not at hand here.", href: "/runs" }
              : null
          }
          onDismiss={dismiss}
        />
      )}
    </>
  );
}
