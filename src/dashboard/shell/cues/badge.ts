import type { CueKind } from "./cues.ts";

/** The picture in the browser's tab: the plain one, or one with a shape and a colour for what is needed. */
export function showBadge(kind: Exclude<CueKind, "done"> | null): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link !== null) {
    link.href = link.href.replace(
      /favicon[^/]*\.svg$/,
      `favicon${kind === null ? "" : `-${kind}`}.svg`,
    );
  }
}
