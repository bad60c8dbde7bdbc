import type { Failure } from "../../upgrade/observation.ts";

/** What a failed poll is called where it is more than silence: it was answered, or by somebody else; null otherwise. */
export function failureWord({ kind, trust }: Failure): string | null {
  if (trust === true) {
    return "Not trusted";
  }
  return kind === "auth" ? "Access denied" : null;
}
