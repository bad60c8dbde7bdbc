import {
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import { newestOf, type Received } from "../../api/fetchJson.ts";
import { serverNow, useFreshness } from "../../api/usePolled.ts";
import { useStoredChoice } from "../../ui/storedChoice.ts";
import { useTick, useTickingValue } from "../../ui/ticker.ts";
import { datedPage, type PageAnswer } from "../pageAnswer.ts";
import { showTitle } from "../useTitle.ts";
import { acknowledge, acknowledgements, onAcknowledge } from "./acknowledged.ts";
import { showBadge } from "./badge.ts";
import { notifyChoice, soundChoice } from "./choices.ts";
import {
  advance,
  badgeOf,
  type CueAbout,
  type CueMemory,
  mostUrgent,
  occurrenceOf,
  titleMark,
  unacknowledged,
} from "./cues.ts";
import { flash } from "./flash.ts";
import { notify, notifyLeave, withdraw } from "./notify.ts";
import { canSound, sound, wakeSound } from "./sound.ts";

const notUpdating = "Not updating";

export type CuesProperties = {
  /** What the page is about, as the browser's tab says it. */
  readonly title: string;
  readonly received: Received<PageAnswer>;
  /** The clusters that this screen is about. */
  readonly abouts: readonly CueAbout[];
  /** Whether nothing but title and badge is to draw attention. */
  readonly isQuiet?: boolean;
  /** Whether this is a wall, which has keys at most. */
  readonly isWall?: boolean;
};

/** Draws notice to a change of the present; in a replay nothing calls for anyone, and the tab only says what it is about. */
export default function Cues(properties: CuesProperties): ReactNode {
  return properties.received.clock === undefined ? (
    <LiveCues {...properties} />
  ) : (
    <PlainTitle title={properties.title} />
  );
}

function PlainTitle({ title }: Pick<CuesProperties, "title">): null {
  useMarkedTitle(title);
  return null;
}

/** In place of the page's own title: a page that names itself anew does so before any such effect. */
function useMarkedTitle(title: string): void {
  useEffect(() => showTitle(title), [title]);
}

/** By the tab's title and badge, and by sound, notification and flash where they are wanted. */
function LiveCues({
  title,
  received,
  abouts: clusters,
  isQuiet = false,
  isWall = false,
}: CuesProperties): ReactNode {
  const dated = useMemo(() => datedPage(received), [received]);
  const isLost = useFreshness(dated, "proxyLost");
  const abouts = useMemo(
    () => (isLost ? [lostServer(received), ...clusters] : clusters),
    [isLost, clusters, received],
  );
  // Of a thousand clusters few have anything to say, and what is drawn from them is asked four times a second.
  const urgent = useMemo(() => abouts.filter(({ attention }) => attention !== "none"), [abouts]);
  const acknowledged = useSyncExternalStore(onAcknowledge, acknowledgements);
  const isSounding = useStoredChoice(soundChoice) === "on" && !isQuiet;
  const isNotifying = useStoredChoice(notifyChoice) === "on" && !isQuiet;
  const now = useCallback(() => serverNow(received), [received]);

  // What clusters were when they were last heard is no longer a thing to count.
  const mark = useTickingValue(() => (isLost ? notUpdating : titleMark(urgent, now(), title)));
  useMarkedTitle(mark === "" ? title : `${mark} · ${title}`);
  const badge = useTickingValue(() => badgeOf(urgent, now()));
  useEffect(() => {
    showBadge(badge);
    return () => showBadge(null);
  }, [badge]);

  const memory = useRef<CueMemory>(new Map());
  useTick(
    useCallback(() => {
      const step = advance(memory.current, abouts, acknowledged, now());
      memory.current = step.memory;
      // Many at once are one sound.
      const kind = mostUrgent(step.cues.map((cue) => cue.kind));
      if (isSounding && kind !== null) {
        sound(kind);
      }
      for (const cue of step.cues) {
        if (isNotifying) {
          notify(cue);
        }
        if (!isQuiet && cue.kind === "act") {
          flash(cue.id);
        }
      }
      withdraw(abouts);
    }, [abouts, acknowledged, now, isSounding, isNotifying, isQuiet]),
  );

  const repeating = useTickingValue(() =>
    isSounding || isNotifying || (isWall && !isQuiet)
      ? unacknowledged(urgent, acknowledged, now()).length
      : 0,
  );
  const takeNote = useCallback(() => {
    acknowledge(
      new Map(unacknowledged(urgent, new Map(), now()).map((one) => [one.id, occurrenceOf(one)])),
    );
  }, [urgent, now]);
  useKeys(isSounding, repeating > 0 ? takeNote : null);
  const isMute = useTickingValue(() => isSounding && !canSound());
  const words = [
    isMute ? "sound waits for a click or a key here" : "",
    isNotifying && notifyLeave() !== "granted" ? "this browser allows no notifications" : "",
  ].filter((text) => text !== "");
  return (
    <span role="group" aria-label="Cues" className="contents">
      {words.length > 0 && <span className="text-look">{words.join(" · ")}</span>}
      {repeating > 0 && (
        <button
          type="button"
          onClick={takeNote}
          aria-keyshortcuts="a"
          className="rounded-md border border-act px-[0.5em] font-medium text-act"
        >
          Acknowledge{isWall ? " (key A)" : ""}
        </button>
      )}
    </span>
  );
}

/** Our own server is told like a cluster that is lost. */
function lostServer(received: Received<PageAnswer>): CueAbout {
  const { now } = newestOf(received).answer;
  return {
    id: "",
    name: "Upgrade Watch",
    verdict: "outage",
    attention: "act",
    headline: notUpdating,
    linkSince: now,
    stateSince: now,
  };
}

/** Any key or click gives leave to sound; the key A acknowledges, where nothing is being typed. */
function useKeys(isSounding: boolean, takeNote: (() => void) | null): void {
  useEffect(() => {
    const wake = (): void => {
      if (isSounding) {
        void wakeSound();
      }
    };
    const press = (event: KeyboardEvent): void => {
      wake();
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, select") !== null;
      const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
      if (event.key.toLowerCase() === "a" && isPlain && !isTyping) {
        takeNote?.();
      }
    };
    addEventListener("pointerdown", wake);
    addEventListener("keydown", press);
    return () => {
      removeEventListener("pointerdown", wake);
      removeEventListener("keydown", press);
    };
  }, [isSounding, takeNote]);
}
