import { type ReactNode, useEffect } from "react";
import { ApiError, newestOf, type Received } from "../api/fetchJson.ts";
import { useFreshness } from "../api/usePolled.ts";
import { timeOfDay } from "../ui/format.ts";
import { datedPage, type PageAnswer } from "./pageAnswer.ts";

type LostBarProperties = {
  readonly received: Received<PageAnswer> | undefined;
  readonly zone: string;
  /** Why the last question failed, where it did. */
  readonly error: Error | null;
  readonly className?: string;
};

/**
 * Says across the top that nothing below is current, and drains its colours, while our own server does not answer. The
 * element is always there, so that a screen reader hears of the words when they appear.
 */
export function LostBar({
  received,
  zone,
  error,
  className = "px-4 py-2 text-base",
}: LostBarProperties): ReactNode {
  return (
    <div role="alert" className="sticky top-0 z-20">
      {received === undefined ? (
        error !== null && <Bar className={className}>Not updating: {error.message}</Bar>
      ) : (
        <SinceBar
          received={received}
          zone={zone}
          refusal={refusalIn(error)}
          className={className}
        />
      )}
    </div>
  );
}

/** What the server itself says of not answering, e.g. that too many ask; a 401 is told where one signs in. */
function refusalIn(error: Error | null): string {
  return error instanceof ApiError && error.kind === "http" && error.httpStatus !== 401
    ? `: ${error.message}`
    : "";
}

type SinceBarProperties = {
  readonly received: Received<PageAnswer>;
  readonly zone: string;
  readonly refusal: string;
  readonly className: string;
};

function SinceBar({ received, zone, refusal, className }: SinceBarProperties): ReactNode {
  const isLost = useFreshness(datedPage(received), "proxyLost");
  useEffect(() => {
    const root = document.documentElement;
    root.dataset["live"] = String(!isLost);
    return () => {
      delete root.dataset["live"];
    };
  }, [isLost]);
  return isLost ? (
    <Bar className={className}>
      Not updating since {timeOfDay(newestOf(received).answer.now, zone)}
      {refusal}
    </Bar>
  ) : null;
}

function Bar({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className: string;
}): ReactNode {
  return (
    <p className={`bg-now text-center font-semibold text-now-text ${className}`}>{children}</p>
  );
}
