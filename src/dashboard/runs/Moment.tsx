import { createContext, type ReactNode, use } from "react";
import { moment, offsetLabel } from "../ui/format.ts";

type MomentProperties = {
  readonly at: number;
  readonly now: number;
  readonly zone: string;
  /** Where the moment itself was not heard: it was by then at the latest, or only after. */
  readonly bound?: "by" | "after" | null;
  /** Within a sentence, what paper says besides stays on the line. */
  readonly isInline?: boolean;
  /** Another form of the moment than the usual one. */
  readonly children?: ReactNode;
};

const SiteZone = createContext("UTC");

/** Gives every moment below it the zone of the site, which paper names beside UTC whichever of them is chosen. */
export const SiteZoneProvider = SiteZone.Provider;

/** A moment in the chosen zone; in UTC too for whoever points at it, and on paper both in UTC and in the site's zone. */
export function Moment(properties: MomentProperties): ReactNode {
  const { at, now, zone, bound = null, isInline = false, children } = properties;
  const siteZone = use(SiteZone);
  const utc = utcText(at);
  const other = zone === "UTC" ? `${moment(at, now, siteZone)} ${offsetLabel(at, siteZone)}` : utc;
  const isSame = zone === "UTC" && siteZone === "UTC";
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={utc}
      className="font-mono whitespace-nowrap tabular-nums"
    >
      {bound === null ? "" : `${bound} `}
      {children ?? moment(at, now, zone)}
      {isSame ? null : (
        <span
          className={`hidden text-muted ${isInline ? "print:inline" : "print:block print:text-[8pt] print:leading-4"}`}
        >
          {isInline ? ` (${other})` : other}
        </span>
      )}
    </time>
  );
}

/** A moment as it is written in UTC: `2026-11-23 14:07:26 UTC`. */
export function utcText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
