import { type ReactNode, useMemo } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { minuteMs } from "../../../upgrade/duration.ts";
import { useHistory } from "../../api/history.ts";
import { useSize } from "../../ui/useSize.ts";
import { wordPx } from "../layout.ts";
import { useWallParameters } from "../screen/useWallParameters.ts";
import { storyFrom, storyOf } from "./story.ts";

type WallStoryProperties = {
  readonly answer: ClusterStatus;
  /** Whether the picture is fresh. */
  readonly isLive: boolean;
  readonly zone: string;
};

/** What the upgrade was so far: nobody at a wall can ask for it. */
export default function WallStory({ answer, isLive, zone }: WallStoryProperties): ReactNode {
  const { zoom } = useWallParameters();
  const [element, size] = useSize<HTMLDivElement>();
  // The question stays the same for minutes, though the axis moves on.
  const from = Math.floor((storyFrom(answer) - minuteMs) / (10 * minuteMs)) * 10 * minuteMs;
  const { spans } = useHistory(answer.id, from, answer.revision);
  const screen = { width: globalThis.innerWidth, height: globalThis.innerHeight };
  const widthEm = size === undefined ? 0 : size.width / wordPx(screen, zoom);
  const story = useMemo(
    () =>
      spans === undefined || widthEm === 0
        ? null
        : storyOf(spans, answer, { widthEm, isLive, zone }),
    [spans, answer, widthEm, isLive, zone],
  );
  return (
    <div
      className="wall-story [--alarm-tint:var(--tint-act)] [--alarm:var(--color-act)]"
      role="img"
      aria-label={story === null ? "Timeline" : `Timeline: ${story.words}`}
    >
      <div ref={element} className="relative h-[2.4em]">
        {story?.bands.map(({ key, start, end, className, label }) => (
          <span
            key={key}
            className={`absolute inset-y-0 flex min-w-[3px] items-center rounded-[0.25em] ${label === "" ? "" : "px-[0.5em]"} font-semibold whitespace-nowrap ${className}`}
            style={{ left: percent(start), width: percent(end - start) }}
          >
            {label !== "" && <span className={groundClass}>{label}</span>}
          </span>
        ))}
        {story !== null && story.forecastTo !== null && (
          <span
            className="wall-story-forecast absolute inset-y-[0.3em]"
            style={{ left: percent(story.nowAt), width: percent(story.forecastTo - story.nowAt) }}
          />
        )}
      </div>
      <div
        className={`relative mt-[0.4em] min-h-0 flex-1 ${story === null || story.line === "" ? "" : "border-y border-line"}`}
      >
        {story?.ticks.map(({ at }) => (
          <span
            key={at}
            className="absolute inset-y-0 border-l border-line"
            style={{ left: percent(at) }}
          />
        ))}
        {story !== null && story.line !== "" && (
          <span className="absolute top-[0.1em] left-0 text-muted">100 %</span>
        )}
        {story !== null && story.line !== "" && (
          <svg
            viewBox="0 0 1 100"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full overflow-visible"
            aria-hidden="true"
          >
            <path
              d={story.line}
              fill="none"
              className="stroke-preparing"
              strokeWidth="5"
              vectorEffect="non-scaling-stroke"
            />
          </svg>
        )}
        {story !== null && (
          <span
            className="absolute top-[-2.8em] bottom-0 border-l-[3px] border-text"
            style={{ left: percent(story.nowAt) }}
          />
        )}
      </div>
      <div className="relative h-[1.5em] text-muted">
        {story?.ticks.map(({ at, label }) => (
          <span key={at} className="absolute -translate-x-1/2" style={{ left: percent(at) }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Words on a hatch, and what is drained is hatched too, need a ground of their own. */
const groundClass =
  "rounded-[0.2em] px-[0.3em] in-data-[live=false]:bg-panel/90 in-[.hatch-away]:bg-panel/90 in-[.hatch-outage]:bg-panel/90";

function percent(share: number): string {
  return `${share * 100}%`;
}
