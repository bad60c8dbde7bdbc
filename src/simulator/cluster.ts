import type { RunRecording } from "../contract/recording.ts";
import { realClock } from "./clock.ts";
import { type ClusterOptions, type SimulatedCluster, startManualCluster } from "./manualCluster.ts";
import type { Scenario } from "./scenario.ts";
import { type ScenarioName, scenarios } from "./scenarios.ts";
import { recordedTale } from "./recording/recorded.ts";
import { type Story, tell } from "./story.ts";

export { type ManualCluster, type SimulatedCluster, startManualCluster } from "./manualCluster.ts";

/** How to start a pretend cluster that lives through a scenario. */
export type ScenarioOptions = ClusterOptions & {
  /** One of the known scenarios by its name, or one's own. */
  readonly scenario: ScenarioName | Scenario;
  /** How much faster than real time the scenario goes; 1 unless said otherwise. */
  readonly speed?: number;
  /** How far into the scenario it begins, in the scenario's own time. */
  readonly headStartMs?: number;
};

const stepMs = 100;

/**
 * Starts a pretend cluster on loopback, over HTTPS with a self-signed certificate, that lives through a scenario.
 *
 * @throws when the port is taken
 */
export async function startCluster(options: ScenarioOptions): Promise<SimulatedCluster> {
  const { speed = 1, headStartMs = 0, clock = realClock } = options;
  const scenario =
    typeof options.scenario === "string" ? scenarios[options.scenario] : options.scenario;
  const startedAt = clock.now();
  const elapsedMs = (): number => headStartMs + (clock.now() - startedAt) * speed;
  return await startStory(tell(scenario, elapsedMs), elapsedMs, options);
}

/** How to start a pretend cluster that lives through an upgrade that was recorded. */
export type RecordingOptions = ClusterOptions & {
  readonly recording: RunRecording;
  /** How much faster than it was recorded it goes; 1 unless said otherwise. */
  readonly speed?: number;
};

/** So long whoever watches sees what was before the upgrade. */
const leadInMs = 2_000;

/**
 * Starts a pretend cluster as {@link startCluster} does, that lives through a recorded upgrade, once; it waits until
 * somebody asks.
 *
 * @throws when the port is taken
 */
export async function startRecording(options: RecordingOptions): Promise<SimulatedCluster> {
  const { recording, speed = 1, clock = realClock } = options;
  const tale = recordedTale(recording.record.spans);
  let isAsked = (): boolean => false;
  let begunAt: number | undefined;
  const elapsedMs = (): number => {
    begunAt ??= isAsked() ? clock.now() + leadInMs : undefined;
    return begunAt === undefined ? 0 : (clock.now() - begunAt) * speed;
  };
  const story = { situation: () => tale(elapsedMs()), commit: () => undefined };
  const cluster = await startStory(story, elapsedMs, { name: recording.record.name, ...options });
  isAsked = () => cluster.requests.length > 0;
  return cluster;
}

async function startStory(
  story: Story,
  elapsedMs: () => number,
  options: ClusterOptions,
): Promise<SimulatedCluster> {
  const { clock = realClock } = options;
  const cluster = await startManualCluster({
    ...options,
    // Sessions grow old as fast as the story goes.
    clock: { ...clock, now: elapsedMs },
    situation: story.situation(),
    onCommit: story.commit,
  });
  let settled = Promise.resolve();
  const end = clock.every(stepMs, () => {
    // A port that someone else took while it was closed is tried again with the next step.
    settled = cluster.set(story.situation()).catch(() => undefined);
  });
  return {
    urls: cluster.urls,
    requests: cluster.requests,
    get token() {
      return cluster.token;
    },
    get certificatePem() {
      return cluster.certificatePem;
    },
    get fingerprint256() {
      return cluster.fingerprint256;
    },
    rotateCertificate: cluster.rotateCertificate,
    restoreCertificate: cluster.restoreCertificate,
    expireTokens: cluster.expireTokens,
    replaceToken: cluster.replaceToken,
    stop: async () => {
      end();
      await settled;
      await cluster.stop();
    },
  };
}
