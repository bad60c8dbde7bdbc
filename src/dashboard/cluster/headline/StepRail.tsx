import { type ReactNode, useCallback } from "react";
import type { State } from "../../../upgrade/status.ts";
import { states } from "../../../upgrade/status.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Ticking } from "../../ui/Ticking.tsx";
import { useClock } from "../../timeline/liveClock.ts";
import type { Phase, Rail, RailStep } from "./rail.ts";

/** The five steps of an upgrade, in their order: passed, present and to come. */
export function StepRail({ rail }: { readonly rail: Rail }): ReactNode {
  return (
    <ol
      aria-label={rail.title}
      className="flex flex-col gap-x-1.5 gap-y-3 sm:flex-row sm:flex-wrap"
    >
      {rail.steps.map((step) => (
        <Step key={step.state} step={step} />
      ))}
    </ol>
  );
}

/** How much of the rail a step gets: those that last are wider. */
const shares = {
  UPGRADE_STATE_IDLE: "",
  UPGRADE_STATE_PREPARING: "sm:grow-[2.4]",
  UPGRADE_STATE_PREPARED: "sm:grow-[1.3]",
  UPGRADE_STATE_COMMITTING: "sm:grow",
  UPGRADE_STATE_COMMITTED: "sm:grow",
  UPGRADE_STATE_REBOOTING: "sm:grow-[1.8]",
} as const satisfies Record<State, string>;

const spoken = {
  passed: "passed",
  inferred: "passed, not seen",
  current: "now",
  silent: "when last heard",
  stopped: "stopped here with an error",
  upcoming: "to come",
  unused: "",
  unheard: "",
} as const satisfies Record<Phase, string>;

function Step({ step }: { readonly step: RailStep }): ReactNode {
  const clock = useClock();
  const { note, phase, shape, word, state } = step;
  const text = useCallback(() => note(clock.now()), [note, clock]);
  const isAt = isPresent(phase);
  const isPassed = phase === "passed" || phase === "inferred";
  return (
    <li
      aria-current={isAt ? "step" : undefined}
      className={`tone-${toneOf(step)} min-w-0 sm:min-w-26 sm:basis-0 ${shares[state]}`}
    >
      <Bar step={step} />
      <div className="mt-2 flex items-baseline justify-between gap-3 sm:block">
        <div
          className={`flex items-center gap-1.5 text-xs font-semibold sm:text-[13px] ${isAt ? "text-tone" : isPassed ? "text-text" : "text-muted"}`}
        >
          <span className={isPassed ? "text-tone" : ""}>
            <Icon
              shape={phase === "passed" ? "tick" : phase === "stopped" ? "warning" : shape}
              fraction={step.fraction}
              className="size-3.5"
            />
          </span>
          {word}
          {spoken[phase] === "" ? null : <span className="sr-only">, {spoken[phase]}</span>}
        </div>
        <div className="mt-0.5 text-xs text-muted tabular-nums">
          <Ticking text={text} />
        </div>
      </div>
    </li>
  );
}

function isPresent(phase: Phase): boolean {
  return phase === "current" || phase === "silent" || phase === "stopped";
}

function toneOf({ phase, state }: RailStep): Tone {
  switch (phase) {
    case "passed":
    case "inferred":
      return "done";
    case "stopped":
      return "act";
    case "current":
    case "silent":
    case "upcoming":
    case "unused":
    case "unheard":
      return states[state].token;
  }
}

const barClasses = {
  passed: "bg-tone",
  inferred: "bg-[repeating-linear-gradient(90deg,var(--tone)_0_10px,transparent_10px_15px)]",
  current: "bg-line",
  silent: "bg-line",
  stopped: "bg-line",
  upcoming: "bg-line",
  unused: "border-t-2 border-dotted border-control",
  unheard: "border-t-2 border-dotted border-control",
} as const satisfies Record<Phase, string>;

function Bar({ step: { phase, fraction } }: { readonly step: RailStep }): ReactNode {
  const isAt = isPresent(phase);
  const width = `${(fraction ?? 1) * 100}%`;
  return (
    <div className={`h-1.5 overflow-hidden rounded-full ${barClasses[phase]}`}>
      {isAt ? (
        <div
          className={`h-full ${phase === "silent" ? "hatch-away" : "bg-tone"}`}
          style={{ width }}
        />
      ) : null}
    </div>
  );
}
