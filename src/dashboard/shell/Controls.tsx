import type { ReactNode } from "react";
import { useStoredChoice } from "../ui/storedChoice.ts";
import { zoneChoice } from "./zone.ts";

/** The look of the header's buttons and links. */
export const controlClass =
  "inline-flex min-h-8 items-center rounded-md border border-control px-2.5 text-sm text-muted hover:bg-raised hover:text-text";

/** Changes between the site's time and UTC. */
export function ZoneButton({ label }: { readonly label: string }): ReactNode {
  const zone = useStoredChoice(zoneChoice);
  return (
    <button
      type="button"
      className="rounded-md px-1 py-1 font-mono text-xs text-muted underline decoration-dotted underline-offset-4 hover:text-text"
      aria-label={`Times in ${zone === "utc" ? "UTC" : `site time, ${label}`}: change`}
      onClick={() => zoneChoice.set(zone === "utc" ? "site" : "utc")}
    >
      {label}
    </button>
  );
}
