/** The pretend clusters of a soak, and a journal of what they were. */
import { randomFrom } from "../../src/proxy/history/testing/damage.fixture.ts";
import { type ManualCluster, startManualCluster } from "../../src/simulator/manualCluster.ts";
import { situationAt } from "../../src/simulator/scenario.ts";
import type { WatchedCluster } from "../proxy.ts";
import { machineMs, soakNow, type SoakTime } from "./clock.ts";
import { type Fault, faultBy, type Form, upgradeEvery } from "./script.ts";

/** What a cluster was from a moment on, until the next entry. */
export type JournalEntry = {
  /** In the soak's time. */
  readonly from: number;
  readonly state: string;
  readonly kind: "answering" | Fault["kind"];
};

/** All clusters of a soak. */
export type World = {
  readonly watched: readonly WatchedCluster[];
  /** By a cluster's id: when a poll was last answered by a healthy cluster, by {@link machineMs}. */
  readonly heardMs: ReadonlyMap<string, number>;
  /** By a cluster's id, oldest first. */
  readonly journal: ReadonlyMap<string, readonly JournalEntry[]>;
  /** Begins, and ends, an outage of the first cluster. */
  readonly setOutage: (isOut: boolean) => void;
  readonly manual: readonly ManualCluster[];
  readonly stop: () => Promise<void>;
};

const tickMs = 25;
const faultMs = { least: 100, most: 400 };
const hour = 3_600_000;

type Actor = {
  readonly id: string;
  readonly cluster: ManualCluster;
  readonly random: () => number;
  readonly headStartMs: number;
  readonly journal: JournalEntry[];
  readonly isPatient: boolean;
  fault: Fault | null;
  nextMs: number;
  isOut: boolean;
  shown: string;
  lastRequest: unknown;
};

/** Starts four clusters and lets them live by the script. */
export async function startWorld(form: Form, time: SoakTime, seed: number): Promise<World> {
  const scenario = upgradeEvery(form.upgradeEveryHours);
  const heardMs = new Map<string, number>();
  const actors = await Promise.all(
    Array.from({ length: 4 }, async (_, index): Promise<Actor> => {
      const random = randomFrom(seed * 100 + index);
      return {
        id: `cluster-${index + 1}`,
        cluster: await startManualCluster({ nodes: index < 2 ? 1 : 2 }),
        random,
        headStartMs: (index * form.upgradeEveryHours * hour) / 4,
        journal: [],
        isPatient: index === 1,
        fault: null,
        nextMs: machineMs() + random() * form.faultEverySeconds * 2000,
        isOut: false,
        shown: "",
        lastRequest: undefined,
      };
    }),
  );

  const act = (actor: Actor): void => {
    const nowMs = machineMs();
    const { cluster, random } = actor;
    if (nowMs >= actor.nextMs) {
      const isOver = actor.fault !== null;
      actor.fault = isOver ? null : faultBy(random, actor.isPatient);
      actor.nextMs =
        nowMs +
        (isOver
          ? random() * form.faultEverySeconds * 2000
          : faultMs.least + random() * (faultMs.most - faultMs.least));
    }
    const at = soakNow(time);
    const story = situationAt(scenario, at - time.beginsAt + actor.headStartMs);
    const fault: Fault | null = actor.isOut
      ? { kind: "silent", behaviour: "refused" }
      : actor.fault;
    const situation = {
      ...story,
      behaviour: fault?.kind === "silent" ? fault.behaviour : story.behaviour,
      replies: fault?.kind === "odd" ? fault.replies : {},
    };
    const isSilent = situation.behaviour !== "answering";
    const request = cluster.requests.at(-1);
    if (!isSilent && request !== actor.lastRequest) {
      heardMs.set(actor.id, nowMs);
    }
    actor.lastRequest = request;
    const shown = `${situation.state} ${situation.progress} ${situation.behaviour} ${fault?.kind}`;
    if (shown !== actor.shown) {
      actor.shown = shown;
      const kind = isSilent ? "silent" : (fault?.kind ?? "answering");
      const last = actor.journal.at(-1);
      if (last?.kind !== kind || last.state !== situation.state) {
        actor.journal.push({ from: at, state: situation.state, kind });
      }
      // A port that someone else took while it was closed is tried again with the next change.
      cluster.set(situation).catch(() => {
        actor.shown = "";
      });
    }
  };
  const timer = setInterval(() => actors.forEach(act), tickMs);

  return {
    watched: actors.map(({ id, cluster }) => ({ id, cluster, more: { name: id } })),
    manual: actors.map(({ cluster }) => cluster),
    heardMs,
    journal: new Map(actors.map(({ id, journal }) => [id, journal])),
    setOutage: (isOut) => {
      for (const actor of actors.slice(0, 1)) {
        actor.isOut = isOut;
      }
    },
    stop: async () => {
      clearInterval(timer);
      await Promise.all(actors.map(({ cluster }) => cluster.stop()));
    },
  };
}
