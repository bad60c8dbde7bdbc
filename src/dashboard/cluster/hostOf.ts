/** An address without what all addresses share. */
export function hostOf(url: string): string {
  return url.replace(/^https:\/\//, "").replace(/:8000$/, "");
}
