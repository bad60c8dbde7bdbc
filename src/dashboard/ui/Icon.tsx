import type { ReactNode } from "react";

/** The shapes that stand for states and verdicts; drawn here because fonts lack the glyphs. */
export type IconShape =
  | "ring"
  | "filling-ring"
  | "two-bars"
  | "triangle-right"
  | "link"
  | "turning-arrow"
  | "question"
  | "warning"
  | "cross"
  | "tick"
  | "clock"
  | "lock"
  | "hourglass"
  | "diamond"
  | "gauge"
  | "broken-ring"
  | "dots"
  | "arrow-right"
  | "logo";

type IconProperties = {
  readonly shape: IconShape;
  readonly className?: string;
  /** For the filling ring: how full it is, 0 to 1. */
  readonly fraction?: number | null;
};

/** A shape in the colour of the text around it. It is decoration: the word beside it says the same. */
export function Icon({
  shape,
  className = "size-[1em]",
  fraction = null,
}: IconProperties): ReactNode {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shape === "filling-ring" ? <FillingRing fraction={fraction} /> : paths[shape]}
    </svg>
  );
}

const radius = 9;
const circumference = 2 * Math.PI * radius;

function FillingRing({ fraction }: { readonly fraction: number | null }): ReactNode {
  const filled = circumference * Math.min(1, Math.max(0.04, fraction ?? 0.25));
  return (
    <>
      <circle cx="12" cy="12" r={radius} strokeOpacity="0.3" />
      <circle
        cx="12"
        cy="12"
        r={radius}
        strokeLinecap="butt"
        strokeDasharray={`${filled} ${circumference}`}
        transform="rotate(-90 12 12)"
      />
    </>
  );
}

const paths = {
  ring: <circle cx="12" cy="12" r="8.5" />,
  "two-bars": (
    <g fill="currentColor" stroke="none">
      <rect x="4.5" y="4" width="5.5" height="16" rx="1.2" />
      <rect x="14" y="4" width="5.5" height="16" rx="1.2" />
    </g>
  ),
  "triangle-right": <path d="M6 4.5v15l13-7.5z" fill="currentColor" strokeWidth="2" />,
  link: (
    <g strokeWidth="2.8">
      <rect x="2.5" y="7.5" width="11" height="9" rx="4.5" />
      <rect x="10.5" y="7.5" width="11" height="9" rx="4.5" />
    </g>
  ),
  "turning-arrow": (
    <>
      <path d="M19.5 12.5a7.6 7.6 0 1 1-2.4-6" />
      <path d="M20.4 2.8v6h-6z" fill="currentColor" strokeWidth="1.6" />
    </>
  ),
  question: (
    <>
      <path d="M7.5 8.6a4.6 4.6 0 1 1 6.7 4.1c-1.5.8-2.2 1.6-2.2 3" />
      <path d="M12 20.3v.2" strokeWidth="3.6" />
    </>
  ),
  warning: (
    <>
      <path d="M12 3.2 22 20.5H2z" fill="currentColor" strokeWidth="2" />
      <path d="M12 10v4.4m0 2.7v.1" stroke="var(--color-page)" strokeWidth="2.2" />
    </>
  ),
  cross: <path d="m5 5 14 14M19 5 5 19" strokeWidth="3.4" />,
  tick: <path d="m3.8 13 5.4 5.4L20.4 6.4" strokeWidth="3.6" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="9" strokeWidth="2.6" />
      <path d="M12 6.8V12l3.6 2.4" strokeWidth="2.6" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="10.5" width="15" height="10" rx="2" fill="currentColor" strokeWidth="2" />
      <path d="M8 10V7.5a4 4 0 0 1 8 0V10" strokeWidth="2.6" />
    </>
  ),
  hourglass: (
    <>
      <path d="M6 3.2h12M6 20.8h12" />
      <path
        d="M7.5 3.5c0 5 4.5 6 4.5 8.5s-4.5 3.5-4.5 8.5h9c0-5-4.5-6-4.5-8.5s4.5-3.5 4.5-8.5"
        strokeWidth="2.2"
      />
    </>
  ),
  diamond: (
    <>
      <path d="M12 2.5 21.5 12 12 21.5 2.5 12z" strokeWidth="2.6" />
      <path d="M12 8v4.6m0 3v.1" strokeWidth="2.6" />
    </>
  ),
  gauge: (
    <>
      <path d="M4 17.5a9 9 0 1 1 16 0" strokeWidth="2.8" />
      <path d="M12 14 7.8 9.8" strokeWidth="2.8" />
    </>
  ),
  "broken-ring": <circle cx="12" cy="12" r="8.5" strokeDasharray="5.6 3.3" strokeLinecap="butt" />,
  dots: <path d="M5 12v.1M12 12v.1M19 12v.1" strokeWidth="4.6" />,
  "arrow-right": <path d="M4 12h15m-5.5-5.5L19 12l-5.5 5.5" strokeWidth="2.2" />,
  logo: (
    <>
      <path d="M12 3a9 9 0 1 1-8.2 5.2" strokeWidth="2.6" />
      <circle cx="12" cy="12" r="3" fill="currentColor" stroke="none" />
    </>
  ),
} as const satisfies Record<Exclude<IconShape, "filling-ring">, ReactNode>;
