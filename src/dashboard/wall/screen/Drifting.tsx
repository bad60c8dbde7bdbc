import type { ReactNode } from "react";
import { steadyNowMs } from "../../api/steadyClock.ts";
import { useTickingValue } from "../../ui/ticker.ts";
import { driftAt } from "./drift.ts";

const stillness = globalThis.matchMedia("(prefers-reduced-motion: reduce)");
// To ask it at every tick would make the browser work its styles out each time.
let isMotionUnwanted = stillness.matches;
stillness.addEventListener("change", ({ matches }) => {
  isMotionUnwanted = matches;
});

type DriftingProperties = {
  /** Whether it is to stay where it is. */
  readonly isStill: boolean;
  readonly children: ReactNode;
};

/** A picture that wanders a little, so that it does not burn in; where motion is not wanted it stays. */
export function Drifting({ isStill, children }: DriftingProperties): ReactNode {
  const place = useTickingValue(isStill ? nowhere : placeNow);
  return (
    <div className="wall-picture" style={{ translate: place }}>
      {children}
    </div>
  );
}

function placeNow(): string {
  const { x, y } = driftAt(steadyNowMs());
  return isMotionUnwanted ? nowhere() : `${x}px ${y}px`;
}

function nowhere(): string {
  return "0px 0px";
}
