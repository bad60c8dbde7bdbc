import {
  type KeyboardEvent as ReactKeyboardEvent,
  type ReactNode,
  useEffect,
  useSyncExternalStore,
} from "react";
import { Link, useLocation, useSearch } from "wouter";
import { steadyNowMs } from "../api/steadyClock.ts";
import { commonZone, useZone } from "../shell/zone.ts";
import { clockDuration, offsetLabel, timeOfDay } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Ticking } from "../ui/Ticking.tsx";
import { useTickingValue } from "../ui/ticker.ts";
import { searchAt, searchWithout } from "./address.ts";
import { keyedTo, type Speed, speeds } from "./clock.ts";
import type { Player } from "./player.ts";

/** What a replay is steered by, and what says what it is. */
export function PlayerBar({ player }: { readonly player: Player }): ReactNode {
  const clock = useSyncExternalStore(player.subscribe, player.clock);
  const search = useSearch();
  const [path] = useLocation();
  const siteZone = useTickingValue(() => commonZone(player.zones().map((zone) => ({ zone }))));
  const zone = useZone(siteZone);
  const isOver = useTickingValue(player.isOver);
  const place = useTickingValue(() => Math.round(player.moment() - clock.from));
  const { from, until, speed } = clock;
  const isPlaying = clock.isPlaying && !isOver;
  const words = (at: number): string =>
    `${dayOf(at, zone)}, ${timeOfDay(at, zone)} ${offsetLabel(at, zone)}`;

  // Only a place that someone has chosen is kept in the address, to be shared.
  const keep = (): void => {
    const next = searchAt(location.search, player.moment(), player.clock().speed);
    history.replaceState(history.state, "", `${location.pathname}${next}`);
  };
  const toggle = (): void => {
    player.toggle();
    keep();
  };
  const seek = (to: number): void => {
    player.seek(to);
    keep();
  };
  const press = (event: ReactKeyboardEvent): void => {
    const to = keyedTo(clock, event.key, steadyNowMs());
    if (to !== null) {
      event.preventDefault();
      seek(to);
    }
  };
  usePlayKeys(toggle);
  const other = otherView(path);
  return (
    <section
      aria-label="Replay"
      className="relative z-50 flex flex-wrap items-center gap-x-4 gap-y-2 border-t-4 border-look bg-panel px-5 pt-2 pb-4 text-sm max-sm:gap-x-2"
    >
      <strong className="flex items-center gap-2 rounded bg-look px-2.5 py-1 font-bold tracking-widest text-page">
        <Icon shape="turning-arrow" className="size-4 -scale-x-100" />
        REPLAY
      </strong>
      <Ticking
        text={() => words(player.moment())}
        className="font-mono text-base font-semibold whitespace-nowrap sm:min-w-[17rem] max-sm:text-sm"
      />
      <span
        role="status"
        aria-label="Course of the replay"
        className="text-muted max-sm:text-xs sm:min-w-[9.5rem]"
      >
        {isOver ? "The replay has ended." : isPlaying ? `Plays at ${speed}×` : "Stopped"}
      </span>
      <div className="flex min-w-[14rem] flex-1 items-center gap-3 max-sm:w-full max-sm:flex-none">
        <button type="button" onClick={toggle} aria-keyshortcuts="k Space" className={controlClass}>
          {isPlaying ? "Stop" : isOver ? "Again" : "Play"}
        </button>
        <input
          type="range"
          aria-label="Moment of the replay"
          aria-valuetext={words(from + place)}
          min={0}
          max={until - from}
          step={1}
          value={place}
          onChange={(event) => seek(from + Number(event.currentTarget.value))}
          onKeyDown={press}
          className="h-6 min-w-0 flex-1 cursor-pointer accent-[var(--color-look)]"
        />
        <span className="font-mono text-xs text-muted">{clockDuration(until - from)}</span>
      </div>
      <label className="flex items-center gap-2">
        <span className="max-sm:sr-only">Speed</span>
        <select
          value={speed}
          onChange={(event) => {
            const chosen = speeds.find((each) => String(each) === event.currentTarget.value);
            player.setSpeed(chosen ?? speed);
            keep();
          }}
          className={controlClass}
        >
          {speeds.map((each: Speed) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      </label>
      {other !== null && (
        <Link href={`${other.path}${search === "" ? "" : `?${search}`}`} className={controlClass}>
          {other.label}
        </Link>
      )}
      <Link href={`${path}${searchWithout(search)}`} className={controlClass}>
        Leave the replay
      </Link>
      <p className="w-full text-xs text-muted">
        <span className="max-sm:hidden">What is shown was heard then. </span>Nodes, reboot counts,
        notices and change windows of that time are not recorded.
      </p>
    </section>
  );
}

const controlClass =
  "inline-flex items-center rounded-md border border-control bg-panel px-3 py-1 text-sm font-medium";

/** Every moment of a replay is told with its day. */
function dayOf(at: number, zone: string): string {
  return new Date(at).toLocaleDateString("en-GB", {
    timeZone: zone,
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}

/** The wall of a page's cluster, and the page of a wall's. */
function otherView(path: string): { readonly path: string; readonly label: string } | null {
  const [, room, id] = /^\/(clusters|wall)\/([^/]+)$/.exec(path) ?? [];
  if (id === undefined) {
    return null;
  }
  return room === "wall"
    ? { path: `/clusters/${id}`, label: "On its page" }
    : { path: `/wall/${id}`, label: "On the wall" };
}

/** Space and K stop it and let it go on, unless the key is meant for what has the focus. */
function usePlayKeys(toggle: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { key, target } = event;
      const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat;
      const own = target instanceof Element ? target : document.body;
      const isTyping = own.closest("input:not([type=range]), textarea, select") !== null;
      const isPressing = key === " " && own.closest("button, a, summary, [role=button]") !== null;
      if (isPlain && !isTyping && !isPressing && (key === " " || key.toLowerCase() === "k")) {
        event.preventDefault();
        toggle();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}
