import type { ReactNode } from "react";
import { Link } from "wouter";
import { ageWords, minuteMoment } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import type { Away } from "./looked.ts";

type SinceFrameProperties = {
  readonly away: Away;
  readonly zone: string;
  /** What changed; at most so many that they fit above the page. */
  readonly lines: readonly { readonly key: string; readonly line: ReactNode }[];
  /** So many more are not among the lines. */
  readonly left: number;
  /** Where to find what is not told here; null where all of it is. */
  readonly more: { readonly words: string; readonly href: string } | null;
  readonly onDismiss: () => void;
};

/** What changed while nobody looked, until it is dismissed. */
export function SinceFrame(properties: SinceFrameProperties): ReactNode {
  const { away, zone, lines, left, more, onDismiss } = properties;
  const { since, until } = away;
  return (
    <Panel
      title="Since you last looked"
      aside={
        <button
          type="button"
          onClick={onDismiss}
          className="rounded px-1 py-1 text-xs text-muted underline decoration-dotted underline-offset-4 hover:text-text max-sm:min-h-11"
        >
          Dismiss
        </button>
      }
    >
      <p className="mb-2 text-xs text-muted">
        You last looked at {minuteMoment(since, until, zone)}, {ageWords(until - since)} before.
      </p>
      <ul className="grid gap-2 text-[13px] leading-5">
        {lines.map(({ key, line }) => (
          <li key={key}>{line}</li>
        ))}
      </ul>
      {left > 0 ? <p className="mt-2 text-xs text-muted">and {left} more.</p> : null}
      {more === null ? null : (
        <p className="mt-2 text-xs text-muted">
          {more.words}{" "}
          <Link href={more.href} className="underline underline-offset-4">
            All upgrades
          </Link>
        </p>
      )}
    </Panel>
  );
}

/** Says it to who can't see it, once and without interrupting. */
export function SinceStatus({ changes }: { readonly changes: number | null }): ReactNode {
  return (
    <p role="status" aria-label="Since you last looked" className="sr-only">
      {changes === null
        ? ""
        : `Since you last looked, ${changes === 1 ? "1 change" : `${changes} changes`}; they are listed on the page.`}
    </p>
  );
}
