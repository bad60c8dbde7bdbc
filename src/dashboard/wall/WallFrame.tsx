import { type ReactNode, Suspense } from "react";
import type { Received } from "../api/fetchJson.ts";
import type { ClusterFacts } from "../api/fleet/answer.ts";
import { serverNow } from "../api/usePolled.ts";
import { Asides, Cues } from "../shell/cues/later.ts";
import { LostBar } from "../shell/LostBar.tsx";
import type { PageAnswer } from "../shell/pageAnswer.ts";
import { useWallReload } from "../shell/reload/newBuild.ts";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { CardBoundary } from "../ui/CardBoundary.tsx";
import { offsetLabel, timeOfDay } from "../ui/format.ts";
import { Ticking } from "../ui/Ticking.tsx";
import { Drifting } from "./screen/Drifting.tsx";
import { Pulse } from "./screen/Pulse.tsx";
import type { WallParameters } from "./parameters.ts";
import { WallNotices } from "./WallNotices.tsx";
import "./wall.css";

const ScreenKeptOn = lazyPart("screen", async () => import("./screen/ScreenKeptOn.tsx"));

type WallFrameProperties = {
  readonly title: string;
  readonly received: Received<PageAnswer> | undefined;
  readonly error: Error | null;
  readonly zone: string;
  /** What stands at the top left. */
  readonly heading: ReactNode;
  /** What stands beside it, or below it where there is no room. */
  readonly counts?: ReactNode;
  /** What its address says of how it looks. */
  readonly address: Pick<WallParameters, "zoom" | "isQuiet">;
  /** What stands at the bottom right, before the zone. */
  readonly place: readonly string[];
  /** What stands before it and must not be missed. */
  readonly urgent?: string;
  /** Whether our server said that there is nothing to show here; then nothing is waited for. */
  readonly isUnknown?: boolean;
  /** The clusters that this wall is about. */
  readonly abouts: readonly ClusterFacts[];
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
  address: { zoom, isQuiet },
  place,
  urgent = "",
  isUnknown = false,
  abouts,
  children,
}: WallFrameProperties): ReactNode {
  const isSomeoneNeeded = abouts.some(
    ({ attention }) => attention === "person" || attention === "act",
  );
  useWallReload({ received, error, isSomeoneNeeded });
  return (
    <div className="wall" data-theme="wall" style={{ "--zoom": String(zoom) }}>
      <LostBar
        received={received}
        zone={zone}
        error={error}
        className="px-[0.5em] py-[0.2em] text-[1.6em]"
      />
      <Drifting isStill={isQuiet}>
        <header className="flex flex-wrap items-center justify-between gap-x-[1.2em] md:flex-nowrap">
          <div className="flex min-w-0 flex-wrap items-center gap-x-[1.2em]">{heading}</div>
          <div className="min-w-0 flex-1 empty:hidden max-md:order-last max-md:w-full max-md:flex-none">
            {counts}
          </div>
          {received !== undefined && (
            <Ticking
              isClock
              text={() =>
                `${received.clock ? "REPLAY " : ""}${timeOfDay(serverNow(received), zone)}`
              }
              className="shrink-0 font-mono text-[1.6em] leading-none font-semibold whitespace-nowrap"
            />
          )}
        </header>
        <WallNotices notices={received?.answer.notices ?? []} />
        <main className="relative flex min-h-0 flex-1 flex-col">
          <CardBoundary renderBroken={(message) => <BrokenPicture message={message} />}>
            {children}
            {received === undefined && error === null && !isUnknown && (
              <p className="wall-alone text-muted">Asking the server …</p>
            )}
          </CardBoundary>
        </main>
        <footer className="flex flex-wrap items-center justify-between gap-x-[1em] text-muted">
          {received !== undefined && <Pulse received={received} zone={zone} />}
          {received !== undefined && (
            <Suspense>
              <Asides received={received} />
              <ScreenKeptOn />
              <Cues title={title} received={received} abouts={abouts} isQuiet={isQuiet} isWall />
            </Suspense>
          )}
          {urgent !== "" && <strong className="text-text">{urgent}</strong>}
          <span>
            {distinct([
              received?.answer.simulated === true ? "Simulated" : "",
              ...place,
              received === undefined ? "" : offsetLabel(received.answer.now, zone),
            ]).join(" · ")}
          </span>
        </footer>
      </Drifting>
    </div>
  );
}

/** In place of all tiles; clock, heartbeat and the words for a lost server around it go on. */
function BrokenPicture({ message }: { readonly message: string }): ReactNode {
  return (
    <div role="alert" className="m-auto flex max-w-[36em] flex-col gap-[0.6em]">
      <p className="text-[2em] font-semibold text-act">
        This wall broke. No cluster is shown here.
      </p>
      <p>It is drawn again by itself. The clusters are not affected.</p>
      <p className="font-mono text-muted">{message}</p>
    </div>
  );
}

/** What there is to say, each once: a place in UTC has the zone UTC. */
function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words.filter((text) => text !== ""))];
}
