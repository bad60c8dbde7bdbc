import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import type { ClusterStatus } from "../../contract/api.ts";
import { hourMs, minuteMs } from "../../upgrade/duration.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { Received } from "../api/fetchJson.ts";
import { useHistory } from "../api/history.ts";
import { clusterStatusQuery } from "../api/clusterStatus.ts";
import { isNotFound } from "../api/queries.ts";
import { Page } from "../shell/Page.tsx";
import { useZone } from "../shell/zone.ts";
import { ClusterView } from "./ClusterView.tsx";
import { LiveClockProvider, useLiveClock, useShownStatus } from "../timeline/liveClock.ts";
import type { Range } from "../timeline/axis/range.ts";
import { windowInAddress } from "./windowAddress.ts";

/** `/clusters/:id`: everything about one cluster. */
export function ClusterPage({ id }: { readonly id: string }): ReactNode {
  const query = useQuery(clusterStatusQuery(id));
  const received = query.data;
  const name = received?.answer.name ?? id;
  return (
    <Page
      title={name}
      trail={[
        { label: "Fleet", href: "/" },
        { label: name, code: id },
      ]}
      received={received}
      siteZone={received?.answer.zone ?? "UTC"}
      error={isNotFound(query.error) ? null : query.error}
    >
      {received === undefined ? (
        <Missing id={id} error={query.error} />
      ) : (
        <Cluster id={id} received={received} />
      )}
    </Page>
  );
}

function Missing({ id, error }: { readonly id: string; readonly error: Error | null }): ReactNode {
  const words = isNotFound(error) ? `No cluster “${id}” is configured here` : id;
  const more = error === null ? "Upgrade Watch asks for the cluster …" : error.message;
  return (
    <div className="flex flex-col gap-3 py-10">
      <h1 className="text-2xl font-semibold">{words}</h1>
      <p className="text-muted">{isNotFound(error) ? "The fleet lists all that are." : more}</p>
    </div>
  );
}

type ClusterProperties = { readonly id: string; readonly received: Received<ClusterStatus> };

function Cluster({ id, received }: ClusterProperties): ReactNode {
  const { status, live, isLost } = useShownStatus(received);
  const clock = useLiveClock(received);
  const zone = useZone(status.zone);
  const history = useHistory(id, historyStart(status), status.revision);
  const [parameters, setParameters] = useSearchParams();
  const windowEnd = windowInAddress(parameters.get("window")) ?? status.windowEnd;
  const shown = useMemo(() => ({ ...status, windowEnd }), [status, windowEnd]);
  const chooseRange = useCallback(
    (range: Range) => {
      setParameters(
        (before) => {
          const next = new URLSearchParams(before);
          next.set("range", range);
          return next;
        },
        { replace: true },
      );
    },
    [setParameters],
  );
  return (
    <LiveClockProvider value={clock}>
      <ClusterView
        status={shown}
        history={history}
        live={live}
        isLost={isLost}
        zone={zone}
        rangeText={parameters.get("range")}
        onRange={chooseRange}
      />
    </LiveClockProvider>
  );
}

/**
 * Since when the history is asked for: a day, or the whole run where that is longer. It moves by the hour, so that the
 * question stays the same for as long.
 */
function historyStart({ now, run }: Pick<ClusterStatus, "now" | "run">): EpochMs {
  const dayBack = Math.floor((now - 24 * hourMs) / hourMs) * hourMs - hourMs;
  return run === null ? dayBack : Math.min(dayBack, run.from - 10 * minuteMs);
}
