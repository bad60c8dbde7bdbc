import type { ReactNode } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { states } from "../../../upgrade/status.ts";
import type { Received } from "../../api/fetchJson.ts";
import { serverNow } from "../../api/usePolled.ts";
import { clockDuration } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Ticking } from "../../ui/Ticking.tsx";
import { type RailStep, railOf, shareOf } from "./rail.ts";

type RailProperties = {
  readonly answer: ClusterStatus;
  readonly received: Received<ClusterStatus>;
  /** Whether the present step may count on. */
  readonly isCounting: boolean;
};

/**
 * The steps of an upgrade, and where it stands. What lies behind is dotted and wears no tick: whether a step was heard,
 * skipped or missed is not known here.
 */
export function Rail({ answer, received, isCounting }: RailProperties): ReactNode {
  const { state, upgradeType, stateSince, stateSinceExact, link, verdict } = answer;
  // A step with an error has stopped: it wears the failure, as it does on the cluster's page, and nothing counts on.
  const isStopped = verdict === "failed";
  const isHeard = link === "answering" || link === "away";
  const share = shareOf(answer);
  const steps = railOf(state, upgradeType);
  return steps.length === 0 ? null : (
    <ol className="wall-one-rail" aria-label="Steps">
      {steps.map((step) => (
        <li
          key={step.state}
          className={`tone-${isStopped && step.position === "now" ? "act" : states[step.state].token} min-w-0`}
          aria-current={step.position === "now" ? "step" : undefined}
        >
          <Bar position={step.position} share={share} />
          <span
            className={`flex flex-wrap items-center justify-between gap-x-[0.5em] ${wordClass[step.position]}`}
          >
            <StepWord
              step={step}
              fraction={step.position === "now" ? share : null}
              isStopped={isStopped && step.position === "now"}
            />
            {isCounting &&
              !isStopped &&
              isHeard &&
              step.position === "now" &&
              stateSince !== null && (
                <Ticking
                  text={() =>
                    `${stateSinceExact ? "" : "≥ "}${clockDuration(serverNow(received) - stateSince)}`
                  }
                />
              )}
          </span>
        </li>
      ))}
    </ol>
  );
}

type BarProperties = { readonly position: RailStep["position"]; readonly share: number | null };

function Bar({ position, share }: BarProperties): ReactNode {
  return (
    <span className={`mb-[0.3em] block h-[0.4em] overflow-hidden ${lineClass[position]}`}>
      {position === "now" && (
        <span className="block h-full bg-tone" style={{ width: `${(share ?? 1) * 100}%` }} />
      )}
    </span>
  );
}

const lineClass = {
  behind: "border-t-[0.4em] border-dotted border-muted opacity-60",
  now: "wall-one-now rounded-full",
  ahead: "rounded-full bg-line",
} as const satisfies Record<RailStep["position"], string>;

const wordClass = {
  behind: "text-muted",
  now: "font-semibold text-tone",
  ahead: "text-muted",
} as const satisfies Record<RailStep["position"], string>;

type StepWordProperties = {
  readonly step: RailStep;
  readonly fraction: number | null;
  readonly isStopped: boolean;
};

function StepWord({ step, fraction, isStopped }: StepWordProperties): ReactNode {
  const { word, shape } = states[step.state];
  return (
    <span className="flex items-center gap-[0.4em]">
      <Icon shape={isStopped ? "warning" : shape} fraction={fraction} className="size-[0.8em]" />
      {word}
      {isStopped && <span className="sr-only">, stopped here with an error</span>}
    </span>
  );
}
