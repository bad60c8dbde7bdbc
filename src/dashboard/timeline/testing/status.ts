/** Answers for the specs. */
import type { ClusterStatus } from "../../../contract/api.ts";
import type { Span } from "../../../upgrade/span.ts";
import { minute, type Story } from "../../../upgrade/testing/story.ts";

/**
 * What our server would say of a story's cluster; verdict and words are given, not decided.
 *
 * @param changes what an example is about
 */
export function statusOf(story: Story, changes: Partial<ClusterStatus> = {}): ClusterStatus {
  const heard = heardLast(story.spans);
  const node = "https://10.20.0.11:8000";
  return {
    id: "lon-prod-1",
    name: "London production",
    clusterName: null,
    labels: {},
    zone: "UTC",
    simulated: false,
    now: story.now,
    build: "test",
    observedAt: heard?.to ?? null,
    ageMs: heard === undefined ? null : story.now - heard.to,
    intervalMs: 1000,
    staleAfterMs: 3000,
    node,
    latencyMs: 41,
    nodes: [
      {
        url: node,
        answered: true,
        since: story.now - minute,
        state: null,
        heardAt: story.now,
        version: null,
        reason: null,
      },
    ],
    link: "answering",
    linkSince: story.now - minute,
    state: heard?.status.state ?? null,
    progress: heard?.status.progress ?? null,
    stateSince: heard?.from ?? null,
    stateSinceExact: true,
    upgradeType: heard?.status.settings?.upgrade_type ?? null,
    targetVersion: heard?.status.settings?.target_version ?? null,
    fromVersion: "7.1.4",
    runningVersion: heard?.version ?? null,
    reboot: null,
    blocked: null,
    errorInfo: heard?.status.error_info ?? null,
    verdict: "running",
    attention: "none",
    headline: "Preparing 62 %",
    detail: "The new image is staged; clients notice nothing.",
    eta: null,
    etaWhole: null,
    afterCommit: null,
    notices: [],
    run: null,
    revision: "1",
    nextPollInMs: 600,
    runbook: null,
    contact: null,
    ticket: null,
    windowEnd: null,
    window: null,
    status:
      heard === undefined
        ? null
        : {
            ...heard.status,
            settings: heard.status.settings === null ? null : { ...heard.status.settings },
          },
    ...changes,
  };
}

function heardLast(spans: readonly Span[]) {
  return spans.findLast((span) => span.kind === "status");
}
