import { type ReactNode, useState } from "react";
import { measuredWords } from "../../../upgrade/duration.ts";
import { isState, type Shape, states } from "../../../upgrade/status.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { moment } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Panel } from "../../ui/Panel.tsx";
import type { HistoryEvent } from "../events.ts";
import { useClock } from "../../timeline/liveClock.ts";

type EventsProperties = { readonly events: readonly HistoryEvent[]; readonly zone: string };

const fewEvents = 8;
const mostEvents = 300;

/** What happened, the newest first. */
export function Events({ events, zone }: EventsProperties): ReactNode {
  const clock = useClock();
  const [isAll, setAll] = useState(false);
  const shown = events.slice(0, isAll ? mostEvents : fewEvents);
  const now = clock.now();
  return (
    <Panel title="Events">
      {events.length === 0 ? <p className="text-sm text-muted">Nothing was heard yet.</p> : null}
      <ol className="grid gap-2.5">
        {shown.map((event) => (
          <li key={event.key} className="flex gap-3 text-[13px] leading-5">
            <time
              dateTime={new Date(event.at).toISOString()}
              className="shrink-0 font-mono text-muted"
            >
              {moment(event.at, now, zone)}
            </time>
            <EventWords event={event} />
          </li>
        ))}
      </ol>
      {events.length > fewEvents ? (
        <button
          type="button"
          aria-expanded={isAll}
          onClick={() => setAll(!isAll)}
          className="mt-3 rounded px-1 py-1 text-xs max-sm:min-h-11 text-muted underline decoration-dotted underline-offset-4 hover:text-text"
        >
          {isAll ? "Show fewer" : `Show all ${Math.min(events.length, mostEvents)}`}
        </button>
      ) : null}
    </Panel>
  );
}

/** An event with its shape. */
export function EventWords({ event }: { readonly event: HistoryEvent }): ReactNode {
  const { title, note, durationMs } = event;
  const { tone, shape } = faceOfEvent(event);
  const lasted =
    durationMs === null
      ? ""
      : `${event.kind === "answering" ? "after" : "for"} ${measuredWords(durationMs)}`;
  return (
    <span className={`tone-${tone} min-w-0`}>
      <span className="mr-1.5 inline-block translate-y-[2px] text-tone">
        <Icon shape={shape} className="size-3.5" />
      </span>
      <bdi className={`font-semibold ${tone === "act" ? "text-tone" : ""}`}>{title}</bdi>{" "}
      <bdi className="break-words text-muted">
        {[lasted, note].filter((part) => part !== "").join(" · ")}
      </bdi>
    </span>
  );
}

type EventFace = { readonly tone: Tone; readonly shape: Shape };

const faces = {
  "first-answer": { tone: "idle", shape: "ring" },
  state: { tone: "idle", shape: "question" },
  away: { tone: "look", shape: "broken-ring" },
  unreachable: { tone: "act", shape: "cross" },
  answering: { tone: "done", shape: "tick" },
  error: { tone: "act", shape: "warning" },
  "error-cleared": { tone: "idle", shape: "warning" },
  version: { tone: "done", shape: "tick" },
  target: { tone: "look", shape: "diamond" },
  fell: { tone: "look", shape: "diamond" },
  unobserved: { tone: "unseen", shape: "dots" },
} as const satisfies Record<HistoryEvent["kind"], EventFace>;

function faceOfEvent({ kind, state }: HistoryEvent): EventFace {
  return state !== null && isState(state)
    ? { tone: states[state].token, shape: states[state].shape }
    : faces[kind];
}
