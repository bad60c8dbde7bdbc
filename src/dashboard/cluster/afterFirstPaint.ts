/** What comes after the first paint: one chunk, with the charting library that makes it heavy. */
export { RunSteps } from "./headline/RunSteps.tsx";
export { MainColumn } from "./MainColumn.tsx";
export { readHistory } from "./readHistory.ts";
export { SideFacts } from "./SideFacts.tsx";
