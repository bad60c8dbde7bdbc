import { type ReactNode, useState } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { ErrorEntry } from "../../../upgrade/runs/errors.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { moment } from "../../ui/format.ts";
import { useClock } from "../../timeline/liveClock.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import { Banner } from "./Banner.tsx";
import { type ErrorReport, errorReport } from "./error.ts";

type ErrorBannerProperties = {
  readonly status: ClusterStatus;
  /** The errors of the history. */
  readonly ledger: readonly ErrorEntry[];
  readonly zone: string;
};

/** The error that the cluster reports, for as long as it does. One banner, however many polls have heard it. */
export function ErrorBanner({ status, ledger, zone }: ErrorBannerProperties): ReactNode {
  const report = errorReport(status, ledger);
  return report === null ? null : (
    <div role="alert">
      <Content report={report} zone={zone} />
    </div>
  );
}

type ContentProperties = { readonly report: ErrorReport; readonly zone: string };

function Content({ report, zone }: ContentProperties): ReactNode {
  const clock = useClock();
  const [isWhole, setWhole] = useState(false);
  const { sentence, point, since, text, whole } = report;
  const shown = isWhole && whole !== null ? whole : text;
  const facts = [
    since === null ? "" : `Since ${moment(since, clock.now(), zone)}`,
    point === "" ? "" : `at ${point}`,
  ].filter((fact) => fact !== "");
  return (
    <Banner tone="act" shape="warning" title={sentence}>
      <p className="mt-0.5 text-muted">
        {facts.length === 0 ? "" : `${facts.join(" ")}. `}The cluster’s own words:
      </p>
      <ScrollBox
        label="Error text of the cluster"
        className="mt-2 max-h-48 rounded-lg border border-line bg-page px-3 py-2"
      >
        <pre
          dir="auto"
          className="font-mono text-xs leading-5 whitespace-pre-wrap [unicode-bidi:isolate]"
        >
          {shown}
        </pre>
      </ScrollBox>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <CopyButton label="Copy error" text={whole ?? text} />
        {whole === null ? null : (
          <button
            type="button"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
            className="rounded-md border border-control px-2.5 py-1 text-xs font-medium hover:bg-raised"
          >
            {isWhole ? "Show less" : "Show all of it"}
          </button>
        )}
      </div>
    </Banner>
  );
}
