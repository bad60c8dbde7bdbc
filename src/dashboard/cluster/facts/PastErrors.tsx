import type { ReactNode } from "react";
import { visibleText } from "../../../contract/clusterText.ts";
import type { ErrorEntry } from "../../../upgrade/runs/errors.ts";
import { moment } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import { pointOf } from "../banners/error.ts";
import { useClock } from "../../timeline/liveClock.ts";

type PastErrorsProperties = {
  /** Errors that were reported and no longer are. */
  readonly errors: readonly ErrorEntry[];
  readonly zone: string;
};

/** Errors that the cluster has cleared: they stay on record. */
export function PastErrors({ errors, zone }: PastErrorsProperties): ReactNode {
  const clock = useClock();
  const time = (at: number): string => moment(at, clock.now(), zone);
  return (
    <Panel title="Earlier errors">
      <ul className="grid gap-3 text-[13px]">
        {errors.map(({ text, firstSeen, lastSeen, state, progress }) => (
          <li key={`${firstSeen} ${text}`} className="min-w-0">
            <span className="text-muted">
              {time(firstSeen)} to {time(lastSeen)}, first at {pointOf(state, progress)}
            </span>
            <pre
              dir="auto"
              className="mt-1 line-clamp-4 font-mono text-xs whitespace-pre-wrap [unicode-bidi:isolate]"
            >
              {visibleText(text.slice(0, 2048))}
            </pre>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
