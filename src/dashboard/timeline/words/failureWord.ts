import type { Failure } from "../../../upgrade/observation.ts";

/** What a failed poll is called where it is more than silence: it was answered, or by somebody else; null otherwise. */
export function failureWord({ kind, trust }: Failure): string | null {
  if (trust === true) {
    // What is invalid came over a connection that is trusted: it is the cluster that is another one.
    return kind === "invalid" ? "Another cluster" : "Not trusted";
  }
  return kind === "auth" ? "Access denied" : null;
}
