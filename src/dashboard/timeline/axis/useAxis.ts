import { useCallback, useMemo } from "react";
import { useTickingValue } from "../../ui/ticker.ts";
import { useClock } from "../liveClock.ts";
import { type Axis, axisBetween, axisEnds, type AxisQuestion } from "./axis.ts";

type LiveAxisQuestion = Omit<AxisQuestion, "now"> & {
  readonly zone: string;
  readonly mostTicks: number;
};

/** The axis by now. It is the same object until an end snaps on, however many seconds pass. */
export function useAxis(question: LiveAxisQuestion): Axis {
  const { range, run, forecastEnd, zone, mostTicks } = question;
  const clock = useClock();
  const ends = useCallback(
    () => axisEnds({ range, run, forecastEnd, now: clock.now() }),
    [range, run, forecastEnd, clock],
  );
  const from = useTickingValue(useCallback(() => ends().from, [ends]));
  const to = useTickingValue(useCallback(() => ends().to, [ends]));
  return useMemo(() => axisBetween(from, to, zone, mostTicks), [from, to, zone, mostTicks]);
}
