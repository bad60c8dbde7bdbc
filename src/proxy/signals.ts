import { closeSync, openSync } from "node:fs";

/** What whoever runs the process asks of it by signals. */
export type Signals = {
  /** Calls back for SIGINT and SIGTERM; until then both end the process at once, for there is nothing to close. */
  readonly onStop: (stop: () => void) => void;
  /** Calls back for SIGHUP; one that came before is made up for at once. */
  readonly onReload: (reload: () => void) => void;
  /** Ends the process, with code 0. */
  readonly exit: () => void;
};

/** Hears signals from now on. */
export function hearSignals(): Signals {
  let stop = (): void => process.exit(0);
  let isReloadDue = false;
  let reload = (): void => {
    isReloadDue = true;
  };
  const hadTerminal = process.stdin.isTTY && hasTerminal();
  const hasLostTerminal = (): boolean => hadTerminal && !hasTerminal();

  process.on("SIGINT", () => stop());
  process.on("SIGTERM", () => stop());
  process.on("SIGHUP", () => {
    // The same signal says that the window was closed: then nobody is left who could stop us.
    if (hasLostTerminal()) {
      stop();
    } else {
      reload();
    }
  });
  // Unheard, it would make Node open a debugger's port, from which every secret could be read.
  process.on("SIGUSR1", () => undefined);

  return {
    onStop: (callback) => {
      stop = callback;
    },
    onReload: (callback) => {
      reload = callback;
      if (isReloadDue) {
        isReloadDue = false;
        reload();
      }
    },
    exit: () => {
      if (hasLostTerminal()) {
        // Node would crash over giving the terminal back that is gone.
        process.kill(process.pid, "SIGKILL");
      }
      process.exit(0);
    },
  };
}

/** Whether the terminal in which the process was started is still there. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    // No such device: the window was closed, or there never was one.
    return false;
  }
}
