import type { ReactNode } from "react";
import { steadyNowMs } from "../api/steadyClock.ts";
import { useTickingValue } from "../ui/ticker.ts";
import { driftAt } from "./drift.ts";

const stillness = globalThis.matchMedia("(prefers-reduced-motion: reduce)");

/** A picture that wanders a little, so that it does not burn in; where motion is not wanted it stays. */
export function Drifting({ children }: { readonly children: ReactNode }): ReactNode {
  const place = useTickingValue(placeNow);
  return (
    <div className="wall-picture" style={{ translate: place }}>
      {children}
    </div>
  );
}

function placeNow(): string {
  const { x, y } = stillness.matches ? { x: 0, y: 0 } : driftAt(steadyNowMs());
  return `${x}px ${y}px`;
}
