import type { ReactNode } from "react";
import { canLoadAgain } from "../../api/health.ts";
import { steadyNowMs } from "../../api/steadyClock.ts";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { breaksInARow, secondsToWait } from "./reasons.ts";
import { remember, tabMemory } from "./tabMemory.ts";

/** The last one that catches a fault of our own: it loads the page anew, ever more seldom where that does not help. */
export function RootBoundary({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ErrorBoundary
      theme={/\/wall(\/|$)/.test(location.pathname) ? "wall" : undefined}
      onBreak={() => {
        const breaks = breaksInARow(tabMemory().breaks, steadyNowMs());
        remember({ breaks });
        return secondsToWait(breaks);
      }}
      canReload={canLoadAgain}
      reload={() => location.reload()}
    >
      {children}
    </ErrorBoundary>
  );
}
