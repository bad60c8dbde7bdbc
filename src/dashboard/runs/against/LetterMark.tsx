import type { ReactNode } from "react";

/** The letter of one of the two, with a sample of its line: unbroken for A, dashed for B. */
export function LetterMark({ letter }: { readonly letter: string }): ReactNode {
  return (
    <span className="flex shrink-0 items-center gap-1.5 font-semibold text-text">
      {letter}
      <svg aria-hidden="true" viewBox="0 0 24 4" className="h-1 w-6" fill="none">
        <path d="M0 2H24" {...lineOf(letter)} />
      </svg>
    </span>
  );
}

/** How the line of one of the two looks: it differs by more than its colour. */
export function lineOf(letter: string) {
  return letter === "A"
    ? { stroke: "var(--color-preparing)", strokeWidth: 2.5 }
    : { stroke: "var(--color-text)", strokeWidth: 1.5, strokeDasharray: "5 3" };
}
