import { type ReactNode, useCallback, useMemo } from "react";
import type { Received } from "../../api/fetchJson.ts";
import { freshnessNow, useFreshness, useNewest } from "../../api/usePolled.ts";
import { datedPage, type PageAnswer } from "../../shell/pageAnswer.ts";
import { ageWords, moment } from "../../ui/format.ts";
import { Ticking } from "../../ui/Ticking.tsx";
import { beatOf } from "./beat.ts";
import { Heartbeat } from "./Heartbeat.tsx";

type PulseProperties = { readonly received: Received<PageAnswer>; readonly zone: string };

/** How fresh a wall is: a heartbeat, a word and an age. */
export function Pulse({ received, zone }: PulseProperties): ReactNode {
  const dated = useMemo(() => datedPage(received), [received]);
  const word = useFreshness(dated, "word");
  // One and the same for as long as there is a pulse: to begin to watch its run makes the browser lay out the page at once.
  const newest = useNewest(received);
  const beat = useCallback(() => beatOf(newest()), [newest]);
  const { now, observedAt } = dated.answer;
  const since =
    word === "Last heard" && observedAt !== null ? ` ${moment(observedAt, now, zone)}` : "";
  return (
    <span className="flex items-center gap-[0.7em]">
      <Heartbeat beat={beat} isFlat={word !== "Live" && word !== "Replay"} />
      <span role="status" aria-label="Freshness">
        {word}
        {since}
      </span>
      <Ticking
        text={() => {
          const { ageMs } = freshnessNow(dated);
          return ageMs === null ? "no answer yet" : `${ageWords(ageMs)} ago`;
        }}
      />
    </span>
  );
}
