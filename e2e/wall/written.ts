/** A fleet whose histories are written, not lived through: every verdict and every state at once, told as long as can be. */
import type { Clusters, ClusterStatus } from "../../src/contract/api.ts";
import type { History } from "../../src/contract/spans.ts";
import type { ClusterConfiguration } from "../../src/contract/configuration.ts";
import { type Picture, statusAnswer, summarise } from "../../src/proxy/picture.ts";
import { clusterNamed } from "../../src/proxy/testing/configuration.ts";
import type { Failure } from "../../src/upgrade/observation.ts";
import type { RebootProgress } from "../../src/upgrade/reboot.ts";
import type { Span } from "../../src/upgrade/span.ts";
import {
  hour,
  minute,
  rollingSettings,
  second,
  Story,
  twoOfSixNodes,
} from "../../src/upgrade/testing/story.ts";

/** The moment at which all the histories end: that of the screens that show them. */
export const now = Date.now();

/** A cluster by its id, and what was heard of it. */
export type Written = {
  readonly id: string;
  readonly story: Story;
  readonly reboot?: RebootProgress;
  readonly blockedReason?: string;
  /** Whether all of it was heard before the present start. */
  readonly isOfBefore?: boolean;
  /** How long ago the last poll ended; a moment, unless said otherwise. */
  readonly agoMs?: number;
};

const auth: Failure = {
  kind: "auth",
  message:
    "The node 10.20.0.11 refused the access token with HTTP 403: it lacks PRIVILEGE_UPGRADE_READ.",
};
const timeout: Failure = {
  kind: "timeout",
  message: "No answer within 5 s from any of the 2 addresses, last https://10.20.0.12:8000.",
};
const longError =
  "Upgrade precheck failed on node 3: not enough free space in /upgrade: 18.2 GiB needed, 3.4 GiB free. Remove old images or support bundles and start the upgrade anew.";

const manual = { ...rollingSettings, auto_commit: false };
const twoOfSix = twoOfSixNodes(now - minute);

function story(changes: Partial<Pick<Story, "settings" | "version">> = {}): Story {
  return Object.assign(new Story(), changes);
}

const preparing = (from: number, to: number, ms = 2 * minute): Story =>
  story().heard("idle").heard("preparing", ms, [from, to]);

function failed(): Story {
  const told = preparing(1, 41);
  told.error = longError;
  return told.heard("preparing", 12 * minute, [41, 41]);
}

function ended(version: string | null): Story {
  const told = preparing(90, 100).heard("committing", 21 * second);
  told.version = version;
  return told.heard("idle", 3 * second);
}

/** Every verdict, `running` in every state that it goes through, and the longest of what is said of one. */
export const writtenFleet: readonly Written[] = [
  { id: "failed", story: failed() },
  { id: "outage", story: preparing(1, 77).silent(190 * second, timeout) },
  {
    id: "denied",
    story: story()
      .heard("idle")
      .silent(10 * second, auth),
  },
  { id: "unproven", story: ended("7.1.4") },
  { id: "unproven-look", story: ended(null) },
  { id: "stalled", story: preparing(1, 40).heard("preparing", 21 * minute, [40, 40]) },
  { id: "late", story: preparing(90, 100).heard("committing", second).silent(minute) },
  { id: "anomaly", story: preparing(90, 100).heard("prepared", 5 * second) },
  { id: "unknown", story: preparing(90, 100).heardRaw("UPGRADE_STATE_VERIFYING_THE_IMAGE") },
  {
    id: "waiting",
    story: story({ settings: manual })
      .heard("idle")
      .heard("prepared", 31 * minute),
  },
  { id: "slow", story: preparing(1, 50).heard("preparing", 18 * minute, [50, 50]) },
  {
    id: "away-look",
    story: story({ settings: manual })
      .heard("idle")
      .heard("prepared", minute)
      .silent(9 * second),
  },
  {
    id: "away",
    story: story({ settings: rollingSettings })
      .heard("committing", second)
      .heard("rebooting", minute)
      .silent(252 * second),
    reboot: twoOfSix,
  },
  { id: "preparing", story: preparing(1, 62, 20 * minute) },
  { id: "committing", story: preparing(90, 100).heard("committing", 21 * second) },
  {
    id: "committed",
    story: preparing(90, 100)
      .heard("committing", 21 * second)
      .heard("committed", 2 * second),
  },
  {
    id: "rebooting",
    story: story({ settings: rollingSettings })
      .heard("committing", second)
      .heard("rebooting", 19 * minute),
    reboot: twoOfSix,
  },
  { id: "done", story: ended("7.2.3") },
  { id: "idle", story: story().heard("idle", hour) },
  {
    id: "blocked",
    story: story().heard("idle", hour),
    blockedReason: "The on-disk format is being upgraded in the background; 3 of 9 stages are done",
  },
  { id: "unseen", story: story().heard("idle"), isOfBefore: true, agoMs: minute },
  { id: "stale", story: preparing(1, 33), agoMs: 8 * second },
];

/** What our server tells of a written fleet. */
export type ToldFleet = {
  readonly clusters: Clusters;
  readonly status: (id: string) => ClusterStatus | undefined;
  readonly history: (id: string) => Promise<History | undefined>;
};

/** Everything that the server tells of the fleet at {@link now}. */
export function tellFleet(fleet: readonly Written[], nameOf: (id: string) => string): ToldFleet {
  const told = fleet.map((written) => {
    const picture = pictureOf(written);
    const configuration = configurationOf(written.id, nameOf(written.id));
    const summary = summarise(configuration, picture, false, now);
    const { revision } = picture;
    const spans = picture.spans.map(spanAnswer);
    return {
      summary,
      status: statusAnswer(summary, picture, "b1", now),
      history: { now, revision, spans },
    };
  });
  const clusters = told.map(({ summary }) => summary);
  return {
    clusters: { now, build: "b1", simulated: false, notices: [], clusters, nextPollInMs: 500 },
    status: (id) => told.find(({ summary }) => summary.id === id)?.status,
    history: async (id) => told.find(({ summary }) => summary.id === id)?.history,
  };
}

function spanAnswer(span: Span): History["spans"][number] {
  if (span.kind !== "status") {
    return span;
  }
  const { settings } = span.status;
  return { ...span, status: { ...span.status, settings: settings && { ...settings } } };
}

function pictureOf({ story: { spans, now: end }, agoMs = 300, ...written }: Written): Picture {
  const moved = spans.map((span): Span => {
    const byMs = now - agoMs - end + second;
    return { ...span, from: span.from + byMs, to: span.to + byMs };
  });
  return {
    spans: moved,
    stored: moved,
    revision: "r1",
    earlierMs: 0,
    startedAt: written.isOfBefore === true ? now - second : (moved[0]?.from ?? now),
    tried: true,
    intervalMs: second,
    nextAnswerAt: now + 500,
    node: "https://10.20.0.11:8000",
    latencyMs: 41,
    nodes: [],
    reboot: written.reboot ?? null,
    blockedReason: written.blockedReason ?? null,
    clusterName: null,
    notices: [],
  };
}

function configurationOf(id: string, name: string): ClusterConfiguration {
  const nodes = ["https://10.20.0.11:8000", "https://10.20.0.12:8000"];
  return { ...clusterNamed(id), name, nodes, zone: "Europe/London" };
}
