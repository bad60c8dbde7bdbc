/** What comes after the first paint: one chunk, with the charting library that makes it heavy. */
export { RollingReboot } from "./facts/RollingReboot.tsx";
export { MainColumn } from "./MainColumn.tsx";
export { SideFacts } from "./SideFacts.tsx";
