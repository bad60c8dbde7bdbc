import { type ReactNode, useLayoutEffect } from "react";

const word = "REPLAY";

/** Letters and hatches over all of the picture, so that no part of it that someone cuts out passes for the present. */
export function Marks(): ReactNode {
  useMarkedTitle();
  return (
    <svg
      aria-hidden="true"
      data-replay="marks"
      className="pointer-events-none fixed inset-0 z-40 size-full text-text"
    >
      <defs>
        <pattern
          id="replay-words"
          width="330"
          height="150"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-20)"
        >
          <text
            x="12"
            y="52"
            fontSize="30"
            fontWeight="700"
            letterSpacing="5"
            fill="currentColor"
            opacity="0.11"
          >
            {word}
          </text>
          <text
            x="172"
            y="127"
            fontSize="30"
            fontWeight="700"
            letterSpacing="5"
            fill="currentColor"
            opacity="0.11"
          >
            {word}
          </text>
        </pattern>
        <pattern
          id="replay-frame"
          width="14"
          height="14"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="14" height="14" fill="var(--color-page)" />
          <rect width="7" height="14" fill="var(--color-look)" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#replay-words)" />
      <rect width="100%" height="100%" fill="none" stroke="url(#replay-frame)" strokeWidth="14" />
    </svg>
  );
}

/**
 * Whoever sets the tab's title, it says that this is a replay. What the page before left, which may be a verdict of the
 * present, is gone before the pages of the replay set theirs.
 */
function useMarkedTitle(): void {
  useLayoutEffect(() => {
    document.title = `${word} · Upgrade Watch`;
    const mark = (): void => {
      if (!document.title.startsWith(word)) {
        document.title = `${word} · ${document.title}`;
      }
    };
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(`${word} · `, "");
    };
  }, []);
}
