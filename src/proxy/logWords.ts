import type { Observation } from "../upgrade/observation.ts";
import type { Span } from "../upgrade/span.ts";
import type { LogFields } from "./log.ts";

/** What is worth a line in the log: another state, error or kind of failure; not every percent. */
export function logKey(span: Span | undefined): string {
  if (span?.kind === "status") {
    return `${span.status.state} ${span.status.error_info ?? ""}`;
  }
  return span?.kind === "unreachable" ? span.failure.kind : "";
}

/** What the log says of a poll. */
export function logFields({ node, ...observation }: Observation): LogFields {
  return observation.kind === "status"
    ? { state: observation.status.state, progress: observation.status.progress, node }
    : { failure: observation.failure.kind, message: observation.failure.message, node };
}
