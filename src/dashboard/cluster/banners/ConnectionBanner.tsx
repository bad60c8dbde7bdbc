import { type ReactNode, useCallback } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { Span } from "../../../upgrade/span.ts";
import { moment } from "../../ui/format.ts";
import { Ticking } from "../../ui/Ticking.tsx";
import { useClock } from "../../timeline/liveClock.ts";
import { Banner } from "./Banner.tsx";
import { type Connection, connectionHeadline, connectionOf, pictureAge } from "./connection.ts";

type ConnectionBannerProperties = {
  readonly status: ClusterStatus;
  /** The history, oldest first. */
  readonly spans: readonly Span[];
  readonly zone: string;
};

/** What is wrong with the link to the cluster; nothing while nothing is. */
export function ConnectionBanner({ status, spans, zone }: ConnectionBannerProperties): ReactNode {
  const connection = connectionOf(status, spans);
  return connection === null ? null : <Content connection={connection} zone={zone} />;
}

const faces = {
  away: { tone: "look", shape: "broken-ring" },
  late: { tone: "look", shape: "clock" },
  outage: { tone: "act", shape: "cross" },
  denied: { tone: "act", shape: "lock" },
  unseen: { tone: "unseen", shape: "dots" },
  faltering: { tone: "unseen", shape: "broken-ring" },
} as const satisfies Record<Connection["kind"], unknown>;

function Content({
  connection,
  zone,
}: {
  readonly connection: Connection;
  readonly zone: string;
}): ReactNode {
  const clock = useClock();
  const { kind, judgement, reason, since, title } = connection;
  const headline = useCallback(
    () => connectionHeadline(connection, clock.knownUntil()).slice(connection.title.length),
    [connection, clock],
  );
  const age = useCallback(
    () => pictureAge(connection, clock.now(), zone),
    [connection, clock, zone],
  );
  return (
    <Banner
      {...faces[kind]}
      title={
        <>
          {title}
          <Ticking text={headline} className="tabular-nums" />
          <span className="font-normal text-muted">
            {" "}
            · since {moment(since, clock.now(), zone)}
          </span>
        </>
      }
    >
      <p className="mt-0.5">
        {judgement} <Ticking text={age} className="text-muted" />
      </p>
      {reason === null ? null : (
        <p className="mt-1 font-mono text-xs break-words text-muted">
          <bdi>{reason}</bdi>
        </p>
      )}
    </Banner>
  );
}
