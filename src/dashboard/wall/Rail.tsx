import type { ReactNode } from "react";
import type { ClusterStatus } from "../../contract/api.ts";
import { states } from "../../upgrade/status.ts";
import type { Received } from "../api/fetchJson.ts";
import { serverNow } from "../api/usePolled.ts";
import { clockDuration } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Ticking } from "../ui/Ticking.tsx";
import { type RailStep, railOf } from "./rail.ts";

type RailProperties = {
  readonly answer: ClusterStatus;
  readonly received: Received<ClusterStatus>;
  /** Whether the present step may count on. */
  readonly isCounting: boolean;
};

/**
 * The steps of an upgrade, and where it stands. What lies behind wears no tick: whether a step was seen, skipped or missed
 * is not told here.
 */
export function Rail({ answer, received, isCounting }: RailProperties): ReactNode {
  const { state, progress, upgradeType, stateSince } = answer;
  const steps = railOf(state, upgradeType);
  return steps.length === 0 ? null : (
    <ol className="wall-one-rail" aria-label="Steps">
      {steps.map((step) => (
        <li
          key={step.state}
          className={`tone-${states[step.state].token} min-w-0`}
          aria-current={step.position === "now" ? "step" : undefined}
        >
          <span className={`mb-[0.3em] block h-[0.4em] rounded-full ${lineClass[step.position]}`} />
          <span
            className={`flex flex-wrap items-center justify-between gap-x-[0.5em] ${wordClass[step.position]}`}
          >
            <StepWord
              step={step}
              fraction={step.position === "passed" ? 1 : (progress ?? 0) / 100}
            />
            {isCounting && step.position === "now" && stateSince !== null && (
              <Ticking text={() => clockDuration(serverNow(received) - stateSince)} />
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

const lineClass = {
  passed: "bg-muted",
  now: "bg-tone",
  ahead: "bg-line",
} as const satisfies Record<RailStep["position"], string>;

const wordClass = {
  passed: "text-muted",
  now: "font-semibold text-tone",
  ahead: "text-muted",
} as const satisfies Record<RailStep["position"], string>;

type StepWordProperties = { readonly step: RailStep; readonly fraction: number | null };

function StepWord({ step, fraction }: StepWordProperties): ReactNode {
  const { word, shape } = states[step.state];
  return (
    <span className="flex items-center gap-[0.4em]">
      <Icon shape={shape} fraction={fraction} className="size-[0.8em]" />
      {word}
    </span>
  );
}
