import { type ReactNode, Suspense } from "react";
import type { ClusterStatus } from "../../contract/api.ts";
import type { DrawnHistory } from "../api/history.ts";
import { Headline } from "./headline/Headline.tsx";
import { Guarded } from "../ui/Guarded.tsx";
import { LaterMainColumn, LaterSideFacts, LaterSteps } from "./LaterParts.tsx";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { missingWords } from "../timeline/missingWords.ts";
import { rangeOf, type Range } from "../timeline/axis/range.ts";
import { useHistoryReading } from "./useHistoryReading.ts";

// What waits to be committed does so for hours: its words are no part of the first view of all the others.
const CommitBanner = lazyPart("commit", async () => {
  const { CommitBanner } = await import("./banners/CommitBanner.tsx");
  return { default: CommitBanner };
});

// Most clusters report no error, and those that do are told to have failed by the headline already.
const ErrorBanner = lazyPart("error", async () => {
  const { ErrorBanner } = await import("./banners/ErrorBanner.tsx");
  return { default: ErrorBanner };
});

// The headline tells of an outage by itself.
const ConnectionBanner = lazyPart("connection", async () => {
  const { ConnectionBanner } = await import("./banners/ConnectionBanner.tsx");
  return { default: ConnectionBanner };
});

type ClusterViewProperties = {
  readonly status: ClusterStatus;
  readonly history: DrawnHistory;
  /** Whether the picture is fresh; otherwise its colours are drained. */
  readonly live: boolean;
  /** Whether our own server answers no more: then all of it is past. */
  readonly isLost: boolean;
  readonly zone: string;
  /** The range as it stands in the address. */
  readonly rangeText: string | null;
  readonly onRange: (range: Range) => void;
};

/** One cluster, in full. */
export function ClusterView(properties: ClusterViewProperties): ReactNode {
  const { status, history, live, isLost, zone, rangeText, onRange } = properties;
  const { spans = noSpans } = history;
  const { run, ledger } = useHistoryReading(spans);
  const drained = live ? undefined : "false";
  return (
    // What tells of an outage keeps the red that everything else loses while the picture is not live.
    <div className="grid gap-4 [--alarm-tint:var(--tint-act)] [--alarm:var(--color-act)]">
      <Guarded name="The headline">
        <Headline status={status} run={run} live={live} isLost={isLost} zone={zone} />
      </Guarded>
      <div>
        <Guarded name="What the cluster says of its error">
          {status.verdict === "failed" || status.errorInfo !== null ? (
            <Suspense>
              <ErrorBanner status={status} ledger={ledger} zone={zone} />
            </Suspense>
          ) : null}
        </Guarded>
        <Guarded name="What is known of the connection">
          <div role="status" aria-label="Connection">
            {status.link === "answering" && spans.at(-1)?.kind !== "unreachable" ? null : (
              <Suspense>
                <ConnectionBanner status={status} spans={spans} zone={zone} />
              </Suspense>
            )}
          </div>
        </Guarded>
        {status.verdict === "waiting" ? (
          <Guarded name="What there is to do">
            <Suspense>
              <CommitBanner />
            </Suspense>
          </Guarded>
        ) : null}
        <div className="pt-1" data-live={drained}>
          <LaterSteps run={run} spans={spans} status={status} live={live} />
        </div>
      </div>
      <div
        data-live={drained}
        className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20.5rem]"
      >
        <div className="grid min-w-0 gap-4">
          <LaterMainColumn
            cluster={status.id}
            now={status.now}
            status={status}
            spans={spans}
            missing={missingWords(history)}
            ledger={ledger}
            live={live}
            range={rangeOf(rangeText, status.run)}
            zone={zone}
            onRange={onRange}
          />
        </div>
        <div className="grid min-w-0 gap-4">
          <LaterSideFacts status={status} run={run} live={live} zone={zone} />
        </div>
      </div>
    </div>
  );
}

const noSpans: readonly [] = [];
