import { memo, type ReactNode } from "react";
import { Icon } from "../../ui/Icon.tsx";
import { cssPlace } from "../axis/axis.ts";
import { type Flag, flagRows } from "./flags.ts";

const rowPixels = 18;

/** Flags for states too short for a word of their own. The bands themselves carry the names for screen readers. */
export const FlagRow = memo(function FlagRow({
  flags,
}: {
  readonly flags: readonly Flag[];
}): ReactNode {
  const rows = flags.length === 0 ? 0 : Math.max(...flags.map(({ row }) => row)) + 1;
  return (
    <div
      aria-hidden="true"
      className="relative z-10"
      style={{ height: Math.min(rows, flagRows) * rowPixels + 4 }}
    >
      {flags.map(({ key, band, text, place, row, side }) => (
        <div
          key={key}
          className={`tone-${band.tone} absolute top-0 bottom-[-4px] border-edge text-tone ${side === "right" ? "border-l pl-1" : "-translate-x-full border-r pr-1"}`}
          style={{ left: cssPlace(place), top: (rows - 1 - row) * rowPixels }}
        >
          <span className="flex items-center gap-1 bg-panel text-[11px] leading-[18px] font-medium whitespace-nowrap">
            {band.shape === null ? null : <Icon shape={band.shape} className="size-3" />}
            {text}
          </span>
        </div>
      ))}
    </div>
  );
});
