import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { runsSchema } from "../../contract/runs.ts";
import { fetchJson } from "../api/fetchJson.ts";
import { steadyNowMs } from "../api/steadyClock.ts";
import { startWatchdog } from "../api/watchdog.ts";
import { searchWithout, type Wanted, wantedIn } from "./address.ts";
import { Marks } from "./Marks.tsx";
import { openPlayer } from "./player.ts";
import { PlayerBar } from "./PlayerBar.tsx";

/** Walls are always dark, and so is what is laid over them. */
const wall = /^\/wall/;

type ReplayProperties = { readonly children: ReactNode };

/** The pages that can be replayed: a cluster's, and the walls. */
const replayed = /^\/(clusters\/[^/]+|wall(\/[^/]+)?)$/;

/** The ordinary pages as of a moment of the past that moves on, and what it is steered by. */
export default function Replay({ children }: ReplayProperties): ReactNode {
  const [path] = useLocation();
  const search = useSearch();
  const [wanted] = useState(() => wantedIn(search));
  if (!replayed.test(path)) {
    return children;
  }
  if (typeof wanted === "string") {
    return <NoReplay>{wanted}</NoReplay>;
  }
  return wanted.until === null ? (
    <UntilNow wanted={wanted}>{children}</UntilNow>
  ) : (
    <Playing wanted={wanted} until={wanted.until}>
      {children}
    </Playing>
  );
}

type PlayingProperties = ReplayProperties & { readonly wanted: Wanted };

/** Without an end it goes as far as there is anything: to what time it is for the server. */
function UntilNow({ wanted, children }: PlayingProperties): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["replay-until"],
    queryFn: ({ signal }) => fetchJson(runsSchema, "api/runs?limit=1", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (state.data === undefined ? 2000 : false),
  });
  if (data === undefined) {
    return <NoReplay>{error === null ? "Asking the server …" : error.message}</NoReplay>;
  }
  const until = data.answer.now;
  return until <= wanted.from ? (
    <NoReplay>The replay would begin in the future.</NoReplay>
  ) : (
    <Playing wanted={wanted} until={until}>
      {children}
    </Playing>
  );
}

function Playing({
  wanted: { from, at, speed },
  until,
  children,
}: PlayingProperties & { readonly until: number }): ReactNode {
  const [player] = useState(() => {
    const place = Math.min(until, Math.max(from, at ?? from));
    // Whoever was sent a moment wants to see that one.
    const isPlaying = at === null;
    const clock = { from, until, at: place, sinceMs: steadyNowMs(), speed, isPlaying };
    return openPlayer(clock, steadyNowMs);
  });
  const [path] = useLocation();
  useEffect(() => startWatchdog(player.client, steadyNowMs), [player]);
  return (
    <QueryClientProvider client={player.client}>
      <div
        data-theme={wall.test(path) ? "wall" : undefined}
        className="flex h-dvh flex-col text-text"
      >
        {/* Its layout contains what is fixed: a wall leaves the player its place. */}
        <div className="relative min-h-0 flex-1 overflow-auto px-[7px] pt-[7px] [contain:layout]">
          {children}
        </div>
        <PlayerBar player={player} />
        <Marks />
      </div>
    </QueryClientProvider>
  );
}

/** Where there is nothing to play, what is live is not shown either: that was not asked for. */
function NoReplay({ children }: { readonly children: string }): ReactNode {
  const [path] = useLocation();
  const search = useSearch();
  return (
    <main className="flex flex-col items-start gap-3 p-8">
      <h1 className="text-2xl font-semibold">No replay</h1>
      <p className="text-muted">{children}</p>
      <Link href={`${path}${searchWithout(search)}`} className="underline">
        Show the present
      </Link>
      <Marks />
    </main>
  );
}
