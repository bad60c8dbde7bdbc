import { QueryClient, replaceEqualDeep } from "@tanstack/react-query";

/** Defaults under which a wall goes on polling for months. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // In a hidden tab a retry waits for focus, for ever; the next poll is the retry.
        retry: false,
        // The browser's offline flag is a guess; the proxy may well be on this very machine.
        networkMode: "always",
        // A wall on another desktop is hidden to the browser, not to people.
        refetchIntervalInBackground: true,
        // Whoever comes back to a tab that was slowed down gets the present at once.
        refetchOnWindowFocus: "always",
        refetchOnReconnect: "always",
        // A wall that rotates for months must not collect what it no longer shows.
        gcTime: 30_000,
        structuralSharing: newest,
      },
    },
  });
}

/** A server's clock that was set back by more than this is believed: it can't be a late reply. */
const latestReplyMs = 15_000;

/** A late old reply never replaces a newer one; equal parts keep their identity, so that nothing redraws for them. */
export function newest(previous: unknown, next: unknown): unknown {
  const kept = neverOlder(previous, next);
  return kept === next ? replaceEqualDeep(previous, next) : kept;
}

/** A late old reply never replaces a newer one. */
export function neverOlder(previous: unknown, next: unknown): unknown {
  const before = nowOf(previous);
  const after = nowOf(next);
  const isLate = before !== null && after !== null && after < before;
  return isLate && before - after < latestReplyMs ? previous : next;
}

function nowOf(received: unknown): number | null {
  // A replay goes back as often as one likes.
  if (
    typeof received !== "object" ||
    received === null ||
    !("answer" in received) ||
    "clock" in received
  ) {
    return null;
  }
  const { answer } = received;
  return typeof answer === "object" &&
    answer !== null &&
    "now" in answer &&
    typeof answer.now === "number"
    ? answer.now
    : null;
}
