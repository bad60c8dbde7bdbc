import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { RunDetail } from "../../../contract/runs.ts";
import { minuteMs } from "../../../upgrade/duration.ts";
import type { CurveQuestion } from "../../api/runs/curves.ts";
import { pastHistoryQuery } from "../../api/runs/queries.ts";
import { useHistory } from "../../api/history.ts";
import { missingWords } from "../../timeline/missingWords.ts";
import { StateTimeline, type TimelineStatus } from "../../timeline/StateTimeline.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { runSpans } from "./runSpans.ts";

type RunTimelineProperties = {
  readonly run: RunDetail;
  readonly status: ClusterStatus;
  readonly live: boolean;
  readonly zone: string;
};

/** The state timeline and the chart of exactly this upgrade. */
export function RunTimeline(properties: RunTimelineProperties): ReactNode {
  const { run } = properties;
  return run.to === null ? (
    <PresentTimeline {...properties} />
  ) : (
    <PastTimeline {...properties} to={run.to} />
  );
}

/** How far back of its start is asked for: what was heard right before says how well the start is known. */
const leadMs = 10 * minuteMs;

function PresentTimeline({ run, status, live, zone }: RunTimelineProperties): ReactNode {
  const { from } = run;
  const history = useHistory(run.cluster, from - leadMs, status.revision);
  const present = useMemo(() => ({ ...status, run: { from, to: null } }), [status, from]);
  const upgrade = useUpgrade(run);
  return history.spans === undefined ? (
    <Waiting words={missingWords(history)} />
  ) : (
    <StateTimeline
      status={present}
      spans={history.spans}
      live={live}
      range="run"
      zone={zone}
      upgrade={upgrade}
    />
  );
}

type PastTimelineProperties = RunTimelineProperties & { readonly to: number };

function PastTimeline({ run, to, status, zone }: PastTimelineProperties): ReactNode {
  const { from, cluster } = run;
  const { data, error } = useQuery(pastHistoryQuery(cluster, from - leadMs, to));
  const spans = useMemo(() => runSpans(data?.answer.spans ?? [], { from, to }), [data, from, to]);
  const ends = useMemo(() => ({ from, to }), [from, to]);
  const { nodes } = status;
  const past = useMemo(
    (): TimelineStatus => ({
      run: ends,
      state: null,
      status: null,
      eta: null,
      etaWhole: null,
      link: "answering",
      linkSince: to,
      nodes,
    }),
    [ends, to, nodes],
  );
  const upgrade = useUpgrade(run);
  const cutBefore = data?.answer.cutBefore;
  return data === undefined ? (
    <Waiting words={missingWords({ spans: undefined, failure: error })} />
  ) : (
    <>
      <StateTimeline
        status={past}
        spans={spans}
        live={false}
        range="run"
        zone={zone}
        ends={ends}
        upgrade={upgrade}
      />
      {cutBefore === undefined ? null : (
        <p className="text-xs text-muted">
          This upgrade is longer than one answer can carry: its beginning is left out of the
          picture.
        </p>
      )}
    </>
  );
}

function useUpgrade({ cluster, id }: RunDetail): CurveQuestion {
  return useMemo(() => ({ cluster, run: id, from: null }), [cluster, id]);
}

function Waiting({ words }: { readonly words: string | null }): ReactNode {
  return (
    <Panel title="State timeline">
      <p className="min-h-[23rem] text-sm text-muted sm:min-h-[27rem]">{words}</p>
    </Panel>
  );
}
