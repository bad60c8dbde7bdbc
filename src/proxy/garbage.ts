/** How the process collects what it no longer uses. */
import { setFlagsFromString } from "node:v8";

/**
 * Collects once the heap has doubled, not at three or four times what is in use: the program runs for months beside other
 * programs. See docs/decisions/039-memory-of-a-large-fleet.md.
 */
export function collectOften(): void {
  setFlagsFromString("--heap-growing-percent=100");
}
