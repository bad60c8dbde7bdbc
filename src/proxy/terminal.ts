import { closeSync, openSync } from "node:fs";

/** Whether the terminal in which the process was started is still there. */
export function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    // No such device: the window was closed, or there never was one.
    return false;
  }
}
