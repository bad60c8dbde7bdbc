import type { ReactNode } from "react";
import type { RunDetail } from "../../../contract/runs.ts";
import { RunLaneView } from "../../shell/runs/RunLaneView.tsx";
import { cssPlace } from "../../timeline/axis/axis.ts";
import { LetterMark } from "./LetterMark.tsx";
import { type OnScale, placeOn, type Scale, zeroOf } from "./scale.ts";

/** One of the two. */
export type OneOfTwo = OnScale & { readonly letter: string; readonly run: RunDetail };

type BothLanesProperties = { readonly both: readonly OneOfTwo[]; readonly scale: Scale };

/** Left of the picture: the letters and the percents. */
export const gutterClass = "mr-1 ml-12";

/** The states of both, to one scale. */
export function BothLanes({ both, scale }: BothLanesProperties): ReactNode {
  return (
    <div className="grid gap-1">
      {both.map((each) => {
        const { letter, run } = each;
        const zero = zeroOf(each);
        const start = placeOn(scale, run.from - zero);
        const end = placeOn(scale, (run.to ?? run.lastHeard) - zero);
        return (
          <div key={letter} className="relative">
            <span className="absolute inset-y-0 left-0 flex items-center text-xs">
              <LetterMark letter={letter} />
            </span>
            <div className={gutterClass}>
              <div
                className="relative min-w-1"
                style={{ left: cssPlace(start), width: cssPlace(end - start) }}
              >
                <RunLaneView run={run} />
              </div>
            </div>
          </div>
        );
      })}
    </div>
  );
}
