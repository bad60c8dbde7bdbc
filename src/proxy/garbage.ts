/** How the process collects what it no longer uses. */
import { setFlagsFromString } from "node:v8";

/** From how many clusters on a collection takes long enough for fewer of them to be worth the memory. */
const largeFleet = 200;

/**
 * Collects once the heap has grown by half, for a large fleet once it has doubled, not at three or four times what is in use:
 * the program runs for months beside other programs. See docs/decisions/039-memory-of-a-large-fleet.md.
 */
export function collectOften(clusters = 0): void {
  setFlagsFromString(`--heap-growing-percent=${clusters < largeFleet ? 50 : 100}`);
}
