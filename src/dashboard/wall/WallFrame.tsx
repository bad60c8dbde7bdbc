import { type ReactNode, useMemo } from "react";
import type { Received } from "../api/fetchJson.ts";
import { freshnessNow, serverNow, useFreshness } from "../api/usePolled.ts";
import { LostBar } from "../shell/LostBar.tsx";
import { useReloadOnNewBuild } from "../shell/newBuild.ts";
import { datedPage, type PageAnswer } from "../shell/pageAnswer.ts";
import { useTitle } from "../shell/Page.tsx";
import { ageWords, moment, offsetLabel, timeOfDay } from "../ui/format.ts";
import { Ticking } from "../ui/Ticking.tsx";
import { beatOf } from "./beat.ts";
import { Heartbeat } from "./Heartbeat.tsx";
import "./wall.css";

type WallFrameProperties = {
  readonly title: string;
  readonly received: Received<PageAnswer> | undefined;
  readonly error: Error | null;
  readonly zone: string;
  /** What stands at the top left. */
  readonly heading: ReactNode;
  /** What stands beside it, or below it where there is no room. */
  readonly counts?: ReactNode;
  /** What stands at the bottom right, before the zone. */
  readonly place?: string;
  /** Whether our server said that there is nothing to show here; then nothing is waited for. */
  readonly isUnknown?: boolean;
  readonly children: ReactNode;
};

/** What walls share: always dark, a clock, a heartbeat, and the words for a lost server. */
export function WallFrame({
  title,
  received,
  error,
  zone,
  heading,
  counts = null,
  place = "",
  isUnknown = false,
  children,
}: WallFrameProperties): ReactNode {
  useTitle(title);
  useReloadOnNewBuild(received?.answer.build);
  return (
    <div className="wall" data-theme="wall">
      <LostBar
        received={received}
        zone={zone}
        reason={error?.message ?? null}
        className="px-[0.5em] py-[0.2em] text-[1.6em]"
      />
      <div className="wall-picture">
        <header className="flex flex-wrap items-center justify-between gap-x-[1.2em] md:flex-nowrap">
          <div className="flex min-w-0 shrink-0 flex-wrap items-center gap-x-[1.2em]">
            {heading}
          </div>
          <div className="min-w-0 flex-1 max-md:order-last max-md:w-full max-md:flex-none">
            {counts}
          </div>
          {received !== undefined && (
            <Ticking
              text={() => timeOfDay(serverNow(received), zone)}
              className="shrink-0 font-mono text-[1.6em] leading-none font-semibold whitespace-nowrap"
            />
          )}
        </header>
        <main className="flex min-h-0 flex-1 flex-col">{children}</main>
        <footer className="flex flex-wrap items-center justify-between gap-x-[1em] text-muted">
          {received !== undefined && <Pulse received={received} zone={zone} />}
          {received === undefined && !isUnknown && <span>Asking the server …</span>}
          <span>
            {distinct([
              received?.answer.simulated === true ? "Simulated" : "",
              place,
              received === undefined ? "" : offsetLabel(received.answer.now, zone),
            ]).join(" · ")}
          </span>
        </footer>
      </div>
    </div>
  );
}

/** What there is to say, each once: a place in UTC has the zone UTC. */
function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words.filter((text) => text !== ""))];
}

type PulseProperties = { readonly received: Received<PageAnswer>; readonly zone: string };

function Pulse({ received, zone }: PulseProperties): ReactNode {
  const dated = useMemo(() => datedPage(received), [received]);
  const word = useFreshness(dated, "word");
  const { now, observedAt } = dated.answer;
  const since =
    word === "Last heard" && observedAt !== null ? ` ${moment(observedAt, now, zone)}` : "";
  return (
    <span className="flex items-center gap-[0.7em]">
      <Heartbeat beat={beatOf(received)} isFlat={word !== "Live"} />
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
