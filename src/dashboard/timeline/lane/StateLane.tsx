import { type KeyboardEvent, memo, type ReactNode, useRef, useState } from "react";
import type { EpochMs } from "../../../upgrade/status.ts";
import type { Axis } from "../axis/axis.ts";
import { BandButton } from "./BandButton.tsx";
import type { Band } from "./lane.ts";

type StateLaneProperties = {
  readonly bands: readonly Band[];
  readonly axis: Axis;
  readonly zone: string;
  /** Whether the picture is fresh. */
  readonly live: boolean;
  /** Puts the cursor at a moment; null takes it away. */
  readonly onPoint: (at: EpochMs | null) => void;
};

/** The state lane: one tab stop, arrow keys go from band to band. */
export const StateLane = memo(function StateLane({
  bands,
  axis,
  zone,
  live,
  onPoint,
}: StateLaneProperties): ReactNode {
  const lane = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const stop = bands.find(({ key }) => key === chosen) ?? bands.at(-1);
  const move = (event: KeyboardEvent): void => {
    const at = bands.findIndex((band) => band === stop);
    const target = targetOf(event.key, at, bands.length);
    const band = target === null ? undefined : bands[target];
    if (target === null || band === undefined) {
      return;
    }
    event.preventDefault();
    setChosen(band.key);
    const buttons = lane.current?.querySelectorAll("button");
    buttons?.item(target).focus();
  };
  return (
    <div
      ref={lane}
      role="group"
      aria-label="States, oldest first; arrow keys go from one to the next"
      className="relative isolate h-9"
    >
      {bands.map((band) => (
        <BandButton
          key={band.key}
          band={band}
          axis={axis}
          zone={zone}
          live={live}
          isStop={band === stop}
          onKeyDown={move}
          onChoose={() => {
            setChosen(band.key);
            onPoint(Math.max(band.from, axis.from));
          }}
          onLeave={() => onPoint(null)}
        />
      ))}
    </div>
  );
});

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "ArrowRight":
    case "ArrowDown":
      return Math.min(count - 1, at + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
