/** How long something lasted, and how well that is known. */
export type Length = {
  /** As it was heard. */
  readonly ms: number;
  /** It lasted at least so long. */
  readonly leastMs: number;
  /** And at most so long; null where nothing bounds it. */
  readonly mostMs: number | null;
  /** Whether its begin and its end were each heard from one poll to the next. */
  readonly exact: boolean;
  /** Whether it goes on. */
  readonly open: boolean;
};

/** What is certain of the difference between two lengths. All figures are zero or more. */
export type Difference =
  | {
      /** The first is certainly longer, or shorter, than the second. */
      readonly kind: "longer" | "shorter";
      /** By so much as it was heard. */
      readonly ms: number;
      readonly leastMs: number;
      /** Null where nothing bounds it. */
      readonly mostMs: number | null;
      readonly exact: boolean;
    }
  /** Both were heard as well as polls can, and differ by less than polls can tell. */
  | { readonly kind: "same"; readonly withinMs: number }
  /** Too little was heard: it may be none. Null where nothing bounds it. */
  | {
      readonly kind: "unclear";
      readonly shorterByMs: number | null;
      readonly longerByMs: number | null;
    }
  /** Only one of them has it. */
  | { readonly kind: "only-first" | "only-second" };

/** Compares two lengths: the first with the second. Null where neither is. */
export function differenceOf(first: Length | null, second: Length | null): Difference | null {
  if (first === null || second === null) {
    return first === second ? null : { kind: first === null ? "only-second" : "only-first" };
  }
  const least = second.mostMs === null || second.open ? null : first.leastMs - second.mostMs;
  const most = first.mostMs === null || first.open ? null : first.mostMs - second.leastMs;
  const ms = Math.abs(first.ms - second.ms);
  const exact = first.exact && second.exact;
  if (least !== null && least > 0) {
    return { kind: "longer", ms, leastMs: least, mostMs: most, exact };
  }
  if (most !== null && most < 0) {
    return { kind: "shorter", ms, leastMs: -most, mostMs: least === null ? null : -least, exact };
  }
  return exact && least !== null && most !== null
    ? { kind: "same", withinMs: Math.max(-least, most) }
    : {
        kind: "unclear",
        shorterByMs: least === null ? null : -least,
        longerByMs: most,
      };
}

/** Several stretches as one. Null where there are none. */
export function lengthOfAll(lengths: readonly Length[]): Length | null {
  const [first, ...others] = lengths;
  return first === undefined
    ? null
    : others.reduce(
        (sum, each) => ({
          ms: sum.ms + each.ms,
          leastMs: sum.leastMs + each.leastMs,
          mostMs: sum.mostMs === null || each.mostMs === null ? null : sum.mostMs + each.mostMs,
          exact: sum.exact && each.exact,
          open: sum.open || each.open,
        }),
        first,
      );
}
