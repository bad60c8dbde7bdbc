import type { ReactNode } from "react";
import { useTickingText } from "./ticker.ts";

type TickingProperties = {
  /** What it says now; called at every tick. */
  readonly text: () => string;
  readonly className?: string;
};

/** Text that counts. It is not read aloud at every tick: a screen reader finds it when it is asked for. */
export function Ticking({ text, className = "" }: TickingProperties): ReactNode {
  const element = useTickingText(text);
  return (
    <span ref={element} className={className} aria-live="off">
      {text()}
    </span>
  );
}
