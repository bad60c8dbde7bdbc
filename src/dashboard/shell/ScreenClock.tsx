import { type ReactNode, useCallback } from "react";
import type { Received } from "../api/fetchJson.ts";
import { screenClockWords } from "../api/screenClock.ts";
import { serverNow } from "../api/usePolled.ts";
import { useTickingValue } from "../ui/ticker.ts";

type ScreenClockProperties = {
  readonly received: Received<{ readonly now: number }>;
  readonly className?: string;
};

/** Says quietly that this screen's own clock is wrong. Here alone it is looked at; not in a replay. */
export function ScreenClock({ received, className = "" }: ScreenClockProperties): ReactNode {
  const words = useTickingValue(
    useCallback(
      () =>
        received.clock === undefined ? screenClockWords(Date.now(), serverNow(received)) : null,
      [received],
    ),
  );
  return words === null ? null : (
    <p role="status" className={className}>
      {words}
    </p>
  );
}
