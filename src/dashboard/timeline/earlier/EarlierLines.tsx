import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { type CurveQuestion, curvesQuery } from "../../api/runs/curves.ts";
import type { Axis } from "../axis/axis.ts";
import { chartBottom, chartTop, gutter, trail } from "../axis/geometry.ts";
import { earlierCount } from "./earlierChoice.ts";
import { earlierLines } from "./earlier.ts";

type EarlierLinesProperties = { readonly of: CurveQuestion; readonly axis: Axis };

const plotInset = { left: gutter, right: trail, top: chartTop, bottom: chartBottom };

/** Faint lines behind the chart: without fill, colour or end of their own, so that none passes for the present one. */
export function EarlierLines({ of, axis }: EarlierLinesProperties): ReactNode {
  const { data } = useQuery(curvesQuery(of, earlierCount));
  const lines = useMemo(
    () => (data === undefined ? [] : earlierLines(data.answer, axis)),
    [data, axis],
  );
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1000 1000"
      preserveAspectRatio="none"
      className="pointer-events-none absolute overflow-hidden"
      style={{
        ...plotInset,
        width: `calc(100% - ${gutter + trail}px)`,
        height: `calc(100% - ${chartTop + chartBottom}px)`,
      }}
      fill="none"
      stroke="var(--color-muted)"
      strokeOpacity="0.6"
    >
      {lines.map(({ key, path }) => (
        <path key={key} d={path} strokeWidth="1.25" vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
