import type { ReactNode } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import type { Run } from "../../../upgrade/runs/run.ts";
import type { Span } from "../../../upgrade/span.ts";
import { railOf } from "./rail.ts";
import { StepRail } from "./StepRail.tsx";

/** What the row of steps is drawn from. */
export type RunStepsProperties = {
  /** The last upgrade, or the one in flight; undefined while none is known. */
  readonly run: Run | undefined;
  readonly spans: readonly Span[];
  readonly status: ClusterStatus;
  readonly live: boolean;
};

/** The steps of an upgrade; nothing where there is none to tell of. */
export function RunSteps({ run, spans, status, live }: RunStepsProperties): ReactNode {
  const rail = railOf(run, spans, status, live);
  return rail === null ? null : <StepRail rail={rail} />;
}
