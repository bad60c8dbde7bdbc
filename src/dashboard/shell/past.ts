/** What was so when it was last heard: said the same way wherever a picture is no longer live. */

/** A percent that was last heard: `was 62 %`; floored. */
export function pastPercent(progress: number): string {
  return `was ${Math.floor(progress)} %`;
}

/** A headline of a picture that is no longer live: the figure that it had, or its words: `was 62 %`, `was: Waits for you`. */
export function pastHeadline(headline: string): string {
  const percent = /^\w+ (\d+) %$/.exec(headline)?.[1];
  return percent === undefined ? `was: ${headline}` : pastPercent(Number(percent));
}
