import type { ReactNode } from "react";
import { cssPlace } from "../../timeline/axis/axis.ts";
import { reachedWords } from "../../timeline/earlier/earlier.ts";
import { stepPath } from "../../timeline/earlier/stepPath.ts";
import { gutterClass, type OneOfTwo } from "./BothLanes.tsx";
import { lineOf } from "./LetterMark.tsx";
import { placeOn, type Scale } from "./scale.ts";

type BothCurvesProperties = { readonly both: readonly OneOfTwo[]; readonly scale: Scale };

const percents = [0, 25, 50, 75, 100];

/** The progress of both preparations, to the scale of the lanes above. */
export function BothCurves({ both, scale }: BothCurvesProperties): ReactNode {
  const summary = both
    .map(({ letter, curve }) =>
      curve === null
        ? `${letter} is not read yet`
        : curve.startedAt === null
          ? `${letter} was not heard to prepare and is counted from its first answer`
          : `${letter} ${reachedWords(curve)}`,
    )
    .join("; ");
  return (
    <figure aria-label="Progress of both" className="mt-3">
      <div aria-hidden="true" className={`relative h-44 sm:h-64 ${gutterClass}`}>
        {percents.map((percent) => (
          <div
            key={percent}
            className="absolute inset-x-0 border-t border-line"
            style={{ top: cssPlace(1 - percent / 100) }}
          >
            <span className="absolute -left-12 w-10 -translate-y-1/2 text-right text-xs text-muted tabular-nums">
              {percent} %
            </span>
          </div>
        ))}
        {scale.ticks.map(({ ms, words }) => (
          <div
            key={ms}
            className="absolute inset-y-0 border-l border-line"
            style={{ left: cssPlace(placeOn(scale, ms)) }}
          >
            <span className="absolute top-full mt-1 -translate-x-1/2 text-xs whitespace-nowrap text-muted tabular-nums">
              {words}
            </span>
          </div>
        ))}
        <svg
          viewBox="0 0 1000 1000"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-hidden"
          fill="none"
        >
          {both.map(({ letter, curve }) => (
            <path
              key={letter}
              d={stepPath(curve?.points ?? [], (ms) => placeOn(scale, ms))}
              vectorEffect="non-scaling-stroke"
              {...lineOf(letter)}
            />
          ))}
        </svg>
      </div>
      <figcaption className="mt-7 text-xs text-muted">{summary}.</figcaption>
    </figure>
  );
}
