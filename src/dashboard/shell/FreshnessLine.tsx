import { type ReactNode, useMemo } from "react";
import { newestOf, type Received } from "../api/fetchJson.ts";
import type { Freshness } from "../api/freshness.ts";
import { freshnessNow, useFreshness } from "../api/usePolled.ts";
import { ageWords, moment } from "../ui/format.ts";
import { Ticking } from "../ui/Ticking.tsx";
import { datedPage, nodeName, type PageAnswer } from "./pageAnswer.ts";

type FreshnessLineProperties = {
  readonly received: Received<PageAnswer>;
  readonly zone: string;
};

/** *Live*, *Stale* or *Last heard …*: the word is read aloud when it changes, the age beside it is not. */
export function FreshnessLine({ received, zone }: FreshnessLineProperties): ReactNode {
  const dated = useMemo(() => datedPage(received), [received]);
  const word = useFreshness(dated, "word");
  const { now, observedAt } = dated.answer;
  const heard = word === "Last heard" && observedAt !== null ? moment(observedAt, now, zone) : "";
  const { node = null } = received.answer;
  const age = (): string => {
    const { ageMs } = freshnessNow(dated);
    return ageMs === null ? "no answer yet" : `${ageWords(ageMs)} ago`;
  };
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-sm">
      <span
        role="status"
        aria-label="Freshness"
        className="inline-flex items-center gap-2 font-medium"
      >
        <Dot word={word} />
        {heard === "" ? word : `${word} ${heard}`}
      </span>
      <span className="font-mono text-xs text-muted">
        <Ticking text={age} className={node === null ? "inline-block min-w-[4.6rem]" : ""} />
        {node !== null && ` · node ${nodeName(node)}`}
        {word === "Live" && node !== null && (
          <Ticking text={() => latencyWords(received)} className="max-md:hidden" />
        )}
      </span>
    </span>
  );
}

function latencyWords(received: Received<PageAnswer>): string {
  const { latencyMs = null } = newestOf(received).answer;
  return latencyMs === null ? "" : ` · ${Math.round(latencyMs)} ms`;
}

/** Filled while live, turned back in a replay, hollow while expected to be away, crossed out while stale: never by colour alone. */
function Dot({ word }: { readonly word: Freshness["word"] }): ReactNode {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`size-3.5 ${word === "Live" ? "text-link" : "text-muted"}`}
      aria-hidden="true"
    >
      {word === "Live" && (
        <>
          <circle cx="8" cy="8" r="8" fill="currentColor" opacity="0.25" />
          <circle cx="8" cy="8" r="4.6" fill="currentColor" />
        </>
      )}
      {word === "Replay" && <path d="M9 2v12L3 8zm6 0v12L9 8z" fill="currentColor" />}
      {word === "Last heard" && (
        <circle
          cx="8"
          cy="8"
          r="5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.4"
          strokeDasharray="4 2.3"
        />
      )}
      {word === "Stale" && (
        <path
          d="M3 3l10 10M13 3 3 13"
          stroke="currentColor"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
      )}
    </svg>
  );
}
