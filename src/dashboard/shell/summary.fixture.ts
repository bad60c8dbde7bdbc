import type { Summary } from "../../contract/api.ts";

/** The moment of every example. */
export const now = Date.UTC(2026, 10, 23, 14, 7, 26);

/** An idle cluster that answers, with what an example changes. */
export function summary(changes: Partial<Summary> = {}): Summary {
  return {
    id: "lon-prod-1",
    name: "London production",
    clusterName: null,
    labels: {},
    zone: "Europe/London",
    simulated: false,
    observedAt: now - 400,
    ageMs: 400,
    intervalMs: 1000,
    staleAfterMs: 3000,
    node: "https://10.20.0.12:8000",
    latencyMs: 41,
    nodes: [],
    link: "answering",
    linkSince: now - 3_600_000,
    state: "UPGRADE_STATE_IDLE",
    progress: null,
    stateSince: now - 3_600_000,
    stateSinceExact: true,
    upgradeType: null,
    targetVersion: null,
    fromVersion: null,
    runningVersion: "Qumulo Core 7.1.4",
    reboot: null,
    blocked: null,
    errorInfo: null,
    verdict: "idle",
    attention: "none",
    headline: "Idle",
    detail: "Nothing is in flight; it runs 7.1.4.",
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
    ...changes,
  };
}

/** A rolling reboot with two of six nodes back, of whose course nothing was heard. */
export const rebootOfSix: NonNullable<Summary["reboot"]> = {
  total: 6,
  rebooted: 2,
  state: "REBOOT_IN_PROGRESS",
  since: now - 60_000,
  sinceExact: false,
  steps: [],
  medianMs: null,
};
