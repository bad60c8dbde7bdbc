import { describe, expect, it } from "vitest";
import type { Summary } from "../../contract/api.ts";
import { summary } from "../http/testing.ts";
import { noPolls, type PollTally } from "../pollTally.ts";
import { createMetrics } from "./metrics.ts";
import type { ProgramFacts } from "./programFamilies.ts";

const program: ProgramFacts = {
  version: "1.2.3",
  build: "b1",
  simulated: false,
  ready: true,
  notices: [],
  historyIsKept: true,
  historyPending: 0,
  reload: { succeeded: true, inForceSince: 1_700_000_000_000, needsRestart: false },
  viewers: 0,
  logWriteErrors: 0,
  loop: { blockedMs: 0, maxNs: 0, p99Ns: 0 },
};

/** The samples of `/metrics`, by name with labels. */
async function scraped(
  changes: Partial<Summary>[] = [{}],
  more: { program?: Partial<ProgramFacts>; polls?: PollTally; took?: number[] } = {},
): Promise<Map<string, number>> {
  const metrics = createMetrics({
    clusters: () =>
      changes.map((change) => ({
        summary: { ...summary, ...change },
        polls: more.polls ?? noPolls,
      })),
    program: () => ({ ...program, ...more.program }),
    steadyMs: () => 0,
  });
  for (const durationMs of more.took ?? []) {
    metrics.notePoll(durationMs);
  }
  return samplesOf(await metrics.text());
}

function samplesOf(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ""), Number(/\S+$/.exec(line)?.[0])]));
}

/** The labels that stand at 1, without the cluster. */
function holding(samples: ReadonlyMap<string, number>, name: string): readonly string[] {
  return [...samples]
    .filter(([key, value]) => key.startsWith(`${name}{`) && value === 1)
    .map(([key]) => /\{([a-z]+="[^"]*")/.exec(key)?.[1] ?? key);
}

describe("the metrics", () => {
  it("tell of a cluster in base units", async () => {
    const samples = await scraped([
      {
        ageMs: 1500,
        latencyMs: 12,
        staleAfterMs: 3000,
        progress: 37.5,
        reboot: {
          total: 6,
          rebooted: 2,
          state: "REBOOT_IN_PROGRESS",
          since: 0,
          sinceExact: true,
          steps: [],
          medianMs: null,
        },
      },
    ]);
    const of = (name: string) => samples.get(`upgrade_watch_cluster_${name}{cluster="lon"}`);
    expect({
      up: of("up"),
      age: of("age_seconds"),
      stale: of("stale_after_seconds"),
      latency: of("latency_seconds"),
      progress: of("progress_ratio"),
      insecure: of("tls_insecure"),
      reboot: [of("rebooted_nodes"), of("reboot_nodes")],
    }).toEqual({
      up: 1,
      age: 1.5,
      stale: 3,
      latency: 0.012,
      progress: 0.375,
      insecure: 0,
      reboot: [2, 6],
    });
  });

  it.each([
    ["UPGRADE_STATE_IDLE", "idle"],
    ["UPGRADE_STATE_REBOOTING", "rebooting"],
    ["UPGRADE_STATE_SOMETHING\n{new}", "unknown"],
    [null, "none"],
  ])("tell the state %j as one of a closed set", async (state, word) => {
    const samples = await scraped([{ state }]);
    expect(holding(samples, "upgrade_watch_cluster_state")).toEqual([`state="${word}"`]);
    const all = [...samples.keys()].filter((key) => key.startsWith("upgrade_watch_cluster_state{"));
    expect(all).toHaveLength(8);
  });

  it("tell the verdict and what it asks of people as the pages do", async () => {
    const samples = await scraped([{ verdict: "waiting", attention: "person" }]);
    expect(holding(samples, "upgrade_watch_cluster_verdict")).toEqual(['verdict="waiting"']);
    expect(holding(samples, "upgrade_watch_cluster_attention")).toEqual(['attention="person"']);
  });

  it.each(["away", "outage", "denied", "unseen"] as const)(
    "tell that a cluster whose link is %s is not up",
    async (link) => {
      const samples = await scraped([{ link }]);
      expect(samples.get('upgrade_watch_cluster_up{cluster="lon"}')).toBe(0);
    },
  );

  it("leave out what is not known rather than claim a zero", async () => {
    const samples = await scraped([{ ageMs: null, progress: null, latencyMs: null }]);
    const absent = ["age_seconds", "progress_ratio", "latency_seconds", "reboot_nodes"];
    expect([...samples.keys()].filter((key) => absent.some((name) => key.includes(name)))).toEqual(
      [],
    );
  });

  it("count the polls by what came of them, and what was left out", async () => {
    const failed = { ...noPolls.failed, timeout: 2 };
    const polls = { answered: 7, failed, skipped: 3, spoiled: 1 };
    const samples = await scraped([{}], { polls, took: [7, 70_000] });
    const counted = [...samples].filter(([key]) => key.startsWith("upgrade_watch_polls_total"));
    expect(counted).toEqual([
      ['upgrade_watch_polls_total{outcome="ok",cluster="lon"}', 7],
      ['upgrade_watch_polls_total{outcome="timeout",cluster="lon"}', 2],
    ]);
    expect(samples.get('upgrade_watch_skipped_ticks_total{cluster="lon"}')).toBe(3);
    expect(samples.get('upgrade_watch_spoiled_polls_total{cluster="lon"}')).toBe(1);
    expect(samples.get('upgrade_watch_poll_duration_seconds_bucket{le="0.01"}')).toBe(1);
    expect(samples.get("upgrade_watch_poll_duration_seconds_count")).toBe(2);
  });

  it("tell of the program itself", async () => {
    const samples = await scraped([], {
      program: {
        historyIsKept: false,
        historyPending: 12,
        notices: ["history-degraded"],
        reload: { succeeded: false, inForceSince: 1_700_000_000_000, needsRestart: true },
        viewers: 4,
        loop: { blockedMs: 2500, maxNs: 3e9, p99Ns: 1e7 },
      },
    });
    const of = (name: string) => samples.get(`upgrade_watch_${name}`);
    expect([
      of('build_info{version="1.2.3",build="b1"}'),
      of("history_healthy"),
      of("history_pending_spans"),
      of('notice{code="history-degraded"}'),
      of("config_last_reload_successful"),
      of("config_last_reload_success_timestamp_seconds"),
      of("config_restart_needed"),
      of("viewers"),
      of("event_loop_blocked_seconds_total"),
      of("event_loop_delay_max_seconds"),
      of("event_loop_delay_p99_seconds"),
    ]).toEqual([1, 0, 12, 1, 0, 1_700_000_000, 1, 4, 2.5, 3, 0.01]);
    expect(of("process_resident_memory_bytes")).toBeGreaterThan(1e6);
  });

  it("begin every name with upgrade_watch_", async () => {
    const samples = await scraped();
    const strange = [...samples.keys()].filter((key) => !key.startsWith("upgrade_watch_"));
    expect([samples.size > 50, strange]).toEqual([true, []]);
  });

  it("repeat no text of a cluster, be it a version, an error or a reason", async () => {
    const canary = "canary of a cluster";
    const samples = await scraped([
      {
        name: canary,
        labels: { site: canary },
        state: canary,
        errorInfo: canary,
        runningVersion: canary,
        targetVersion: canary,
        headline: canary,
        detail: canary,
        blocked: { reason: canary },
        notices: [{ code: "nodes-disagree", since: 0, message: canary }],
      },
    ]);
    expect([...samples.keys()].join("\n")).not.toContain("canary");
    expect(samples.get('upgrade_watch_cluster_notice{code="nodes-disagree",cluster="lon"}')).toBe(
      1,
    );
  });

  it("are bounded: so many values for each of a thousand clusters, prepared once a moment", async () => {
    let read = 0;
    const clusters = Array.from({ length: 1000 }, (_, index) => ({
      summary: { ...summary, id: `cluster-${index}` },
      polls: noPolls,
    }));
    let steadyMs = 0;
    const metrics = createMetrics({
      clusters: () => {
        read += 1;
        return clusters;
      },
      program: () => program,
      steadyMs: () => steadyMs,
    });
    const [text] = await Promise.all([metrics.text(), metrics.text()]);
    expect(read).toBe(1);
    const perCluster = [...samplesOf(text).keys()].filter((key) =>
      key.endsWith('cluster="cluster-999"}'),
    );
    expect(perCluster.length).toBeGreaterThan(30);
    expect(perCluster.length).toBeLessThan(60);
    steadyMs += 1000;
    await metrics.text();
    expect(read).toBe(2);
  });
});
