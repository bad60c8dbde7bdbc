import type { ReactNode } from "react";
import { useTickingText } from "./ticker.ts";

type TickingProperties = {
  /** What it says now; called every second. */
  readonly text: () => string;
  readonly className?: string;
  /** Whether it is the clock with which everything else on the page counts. */
  readonly isClock?: boolean;
};

/** Text that counts. It is not read aloud at every tick: a screen reader finds it when it is asked for. */
export function Ticking({ text, className = "", isClock = false }: TickingProperties): ReactNode {
  const element = useTickingText(text, isClock);
  return (
    <span ref={element} className={className} aria-live="off">
      {text()}
    </span>
  );
}
