import { useCallback, useMemo } from "react";
import { useTickingValue } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, axisEnds, type AxisQuestion } from "./axis.ts";

type LiveAxisQuestion = Omit<AxisQuestion, "now"> & {
  /** Where they are given, now does not matter. */
  readonly ends: Axis | undefined;
};

/** The axis by now. It is the same object until an end snaps on, however many seconds pass. */
export function useAxis(question: LiveAxisQuestion): Axis {
  const { range, ends, run, forecastEnd } = question;
  const clock = useClock();
  const endsNow = useCallback(
    () => ends ?? axisEnds({ range, run, forecastEnd, now: clock.now() }),
    [ends, range, run, forecastEnd, clock],
  );
  const from = useTickingValue(useCallback(() => endsNow().from, [endsNow]));
  const to = useTickingValue(useCallback(() => endsNow().to, [endsNow]));
  return useMemo(() => ({ from, to }), [from, to]);
}
