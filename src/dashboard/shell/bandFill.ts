import type { BandFace } from "./bandFace.ts";

/** The classes that fill a band; its tone is given beside them. */
export function fillClass({ fill }: Pick<BandFace, "fill">): string {
  return fillClasses[fill];
}

const fillClasses = {
  solid: "bg-band text-ink",
  dashed: "edge-missed text-tone",
  away: "hatch-away text-text",
  outage: "hatch-outage text-text [--color-act:var(--alarm)] [--tint-act:var(--alarm-tint)]",
  unobserved: "hatch-unobserved text-muted",
} as const satisfies Record<BandFace["fill"], string>;
