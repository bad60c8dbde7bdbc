/** Keeps a screen on, as far as a page may. */
export type WakeLock = { readonly stop: () => void };

/** The part of a browser that a wake lock needs; absent where the page is not served securely. */
export type Screen = {
  readonly request: ((type: "screen") => Promise<WakeLockSentinel>) | undefined;
  readonly document: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
};

/** A lock that the browser took away, e.g. because a battery runs low, is asked for again so often. */
const againMs = 60_000;

/**
 * Asks the browser to keep the screen on. It gives a lock back whenever the page is hidden, so it is asked again each
 * time that the page shows, and once a minute while there is none.
 *
 * @param tell hears whether the screen is kept on
 */
export function keepScreenOn(
  { request, document }: Screen,
  tell: (isKeptOn: boolean) => void,
): WakeLock {
  let sentinel: WakeLockSentinel | null = null;
  let isStopped = false;
  const ask = async (): Promise<void> => {
    const isHeld = sentinel !== null && !sentinel.released;
    if (isStopped || isHeld || document.visibilityState !== "visible") {
      return;
    }
    try {
      sentinel = (await request?.("screen")) ?? null;
      tell(sentinel !== null);
      if (isStopped) {
        await sentinel?.release();
      }
    } catch {
      // Refused by the browser, its policy or the system; the screen's own settings must do it then.
      tell(false);
    }
  };
  const show = (): void => void ask();
  document.addEventListener("visibilitychange", show);
  const timer = setInterval(show, againMs);
  show();
  return {
    stop: () => {
      isStopped = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", show);
      void sentinel?.release();
    },
  };
}

/** This browser's own. */
export function thisScreen(): Screen {
  const { wakeLock }: { readonly wakeLock?: globalThis.WakeLock } = navigator;
  return { request: wakeLock?.request.bind(wakeLock), document };
}
