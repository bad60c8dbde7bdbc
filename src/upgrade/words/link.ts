/** Why nothing was heard of a cluster. Apart from the rest, because a page's first view needs no more. */
export const linkWords = {
  away: "Away as expected",
  outage: "No answer",
  unobserved: "Not observed",
} as const;
