import type { ReactNode } from "react";
import { moment } from "../ui/format.ts";

type MomentProperties = {
  readonly at: number;
  readonly now: number;
  readonly zone: string;
  /** Where the moment itself was not heard: it was by then at the latest, or only after. */
  readonly bound?: "by" | "after" | null;
  /** Another form of the moment than the usual one. */
  readonly children?: ReactNode;
};

/** A moment in the chosen zone; in UTC too for whoever points at it, and on paper. */
export function Moment({ at, now, zone, bound = null, children }: MomentProperties): ReactNode {
  const utc = utcText(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={utc} className="font-mono tabular-nums">
      {bound === null ? "" : `${bound} `}
      {children ?? moment(at, now, zone)}
      {zone === "UTC" ? null : (
        <span className="hidden text-muted print:block print:text-[8pt]">{utc}</span>
      )}
    </time>
  );
}

/** A moment as it is written in UTC: `2026-11-23 14:07:26 UTC`. */
export function utcText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
