import { type ReactNode, useEffect } from "react";
import type { Received } from "../api/fetchJson.ts";
import { useFreshness } from "../api/usePolled.ts";
import { timeOfDay } from "../ui/format.ts";
import { datedPage, type PageAnswer } from "./pageAnswer.ts";

type LostBarProperties = {
  readonly received: Received<PageAnswer> | undefined;
  readonly zone: string;
  /** Why the last question failed, where it did. */
  readonly reason: string | null;
  readonly className?: string;
};

/**
 * Says across the top that nothing below is current, and drains its colours, while our own server does not answer. The
 * element is always there, so that a screen reader hears of the words when they appear.
 */
export function LostBar({
  received,
  zone,
  reason,
  className = "px-4 py-2 text-base",
}: LostBarProperties): ReactNode {
  return (
    <div role="alert" className="sticky top-0 z-20">
      {received === undefined ? (
        reason !== null && <Bar className={className}>Not updating: {reason}</Bar>
      ) : (
        <SinceBar received={received} zone={zone} className={className} />
      )}
    </div>
  );
}

type SinceBarProperties = {
  readonly received: Received<PageAnswer>;
  readonly zone: string;
  readonly className: string;
};

function SinceBar({ received, zone, className }: SinceBarProperties): ReactNode {
  const isLost = useFreshness(datedPage(received), "proxyLost");
  useEffect(() => {
    const root = document.documentElement;
    root.dataset["live"] = String(!isLost);
    return () => {
      delete root.dataset["live"];
    };
  }, [isLost]);
  return isLost ? (
    <Bar className={className}>Not updating since {timeOfDay(received.answer.now, zone)}</Bar>
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
