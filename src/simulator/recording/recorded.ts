import type { Failure } from "../../upgrade/observation.ts";
import type { Span } from "../../upgrade/span.ts";
import { type Behaviour, type ClusterSituation, idleSituation } from "../situation.ts";

/** A time of a recording in which one thing holds. */
type Part = { readonly atMs: number; readonly situation: ClusterSituation };

/** What a recorded cluster was, by how long after the first record. */
export type RecordedTale = (elapsedMs: number) => ClusterSituation;

/**
 * Reads spans as what the cluster was: each holds until the next, also where nobody watched. After the last nothing
 * changes any more.
 *
 * @param spans oldest first, with an answer among them
 */
export function recordedTale(spans: readonly Span[]): RecordedTale {
  const parts: Part[] = [];
  const first = spans[0];
  let situation = firstOf(spans);
  let atMs = 0;
  for (const span of spans) {
    // A clock that was set back must not make the story go back.
    atMs = Math.max(atMs, span.from - (first?.from ?? 0));
    situation = after(situation, span);
    parts.push({ atMs, situation });
  }
  const begin = parts[0]?.situation ?? situation;
  return (elapsedMs) => parts.findLast((part) => part.atMs <= elapsedMs)?.situation ?? begin;
}

/** What is known of a cluster before its first answer: what that will be. */
function firstOf(spans: readonly Span[]): ClusterSituation {
  const version = spans.find((span) => span.kind === "status" && span.version !== null);
  return {
    ...idleSituation,
    version: version?.kind === "status" ? (version.version ?? idleSituation.version) : "",
  };
}

function after(before: ClusterSituation, span: Span): ClusterSituation {
  switch (span.kind) {
    case "unobserved":
      return before;
    case "unreachable":
      return { ...before, behaviour: behaviourOf(span.failure) };
    case "status": {
      const { state, progress, settings, error_info: errorInfo } = span.status;
      const version = span.version ?? before.version;
      return { ...before, state, progress, settings, errorInfo, version, behaviour: "answering" };
    }
  }
}

/** The fault on a real socket by which a client fails in the same way; names that can't be resolved have none. */
function behaviourOf({ kind, message }: Failure): Behaviour {
  switch (kind) {
    case "refused":
    case "dns":
      return "refused";
    case "timeout":
      return "hang";
    case "reset":
      return "reset";
    case "tls":
      return "broken-tls";
    case "http":
      return "unavailable";
    case "auth":
      return message.includes("403") ? "forbidden" : "unauthorized";
    case "invalid":
      return "html";
  }
}
