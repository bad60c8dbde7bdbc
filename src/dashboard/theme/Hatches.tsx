import type { ReactNode } from "react";

const tones = [
  "idle",
  "preparing",
  "prepared",
  "committing",
  "committed",
  "rebooting",
  "link",
  "unseen",
] as const;

/**
 * The hatches of tones.css as SVG patterns, for one `<svg>` of the page; filled with `url(#hatch-outage)`,
 * `url(#hatch-stale)`, `url(#hatch-forecast)` or `url(#hatch-away-<tone>)`.
 */
export function Hatches(): ReactNode {
  return (
    <defs>
      {tones.map((tone) => (
        <Lines
          key={tone}
          id={`hatch-away-${tone}`}
          className={`tone-${tone}`}
          color="var(--edge)"
        />
      ))}
      <Lines id="hatch-stale" color="var(--hatch)" />
      <Lines id="hatch-outage" color="var(--color-act)" isCrossed />
      <pattern id="hatch-forecast" width="6" height="6" patternUnits="userSpaceOnUse">
        <circle cx="3" cy="3" r="1" fill="var(--color-control)" />
      </pattern>
    </defs>
  );
}

type LinesProperties = {
  readonly id: string;
  readonly color: string;
  readonly className?: string;
  readonly isCrossed?: boolean;
};

function Lines({ id, color, className = "", isCrossed = false }: LinesProperties): ReactNode {
  return (
    <pattern
      id={id}
      className={className}
      width="8"
      height="8"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <path d={isCrossed ? "M1 0v8M0 1h8" : "M1 0v8"} stroke={color} strokeWidth="2" fill="none" />
    </pattern>
  );
}
