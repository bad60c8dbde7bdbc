/**
 * Versions as a cluster writes them: `7.9.0.2` or `Qumulo Core 7.9.0.2`, with three or four dotted numbers.
 */

/** The numbers of a version, or null when the text holds none. */
export function parseVersion(text: string): readonly number[] | null {
  const match = /^\s*(?:Qumulo Core )?(\d{1,9}(?:\.\d{1,9}){2,3})\s*$/.exec(text);
  return match?.[1] === undefined ? null : match[1].split(".").map(Number);
}

/**
 * Whether two versions are the same, number by number (7.9.0 is 7.9.0.0); null when either is absent or can't be read.
 */
export function sameVersion(one: string | null, other: string | null): boolean | null {
  if (one === null || other === null) {
    return null;
  }
  const left = parseVersion(one);
  // It is asked of every answer that is kept, and nearly always both are written alike.
  const right = other === one ? left : parseVersion(other);
  if (left === null || right === null) {
    return null;
  }
  return [0, 1, 2, 3].every((place) => (left[place] ?? 0) === (right[place] ?? 0));
}

/** The bare version, without the product's name before it. */
export function versionText(text: string): string {
  return text.trim().replace(/^Qumulo Core /, "");
}
