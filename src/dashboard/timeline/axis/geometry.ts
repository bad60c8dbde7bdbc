/** What lanes and chart must agree on so that one moment lies at one place in all of them, in CSS pixels. */

/** Left of the axis: the names of the lanes and the percents. */
export const gutter = 56;
/** Right of the axis. */
export const trail = 20;
/** Above 100 %: where a forecast ends. */
export const chartTop = 24;
/** Below 0 %: the times. */
export const chartBottom = 26;
