import {
  notRecorded,
  type ReplayedClusters,
  type ReplayedHistory,
  type ReplayedStatus,
} from "../../contract/replay.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { heardBy } from "../../upgrade/heardBy.ts";
import { spanEnd } from "../../upgrade/span.ts";
import type { Cadence } from "../cadence.ts";
import type { Clock } from "../clock.ts";
import { inTurn } from "../inTurn.ts";
import { statusAnswer } from "../picture.ts";
import type { SpanReader } from "../spansOf.ts";
import type { Watch } from "../watch.ts";
import { type EndedRun, heldEarlierBy } from "./earlierBy.ts";
import { nextAskInMs, type PastPicture, pastPicture, pastSummary } from "./pastPicture.ts";
import { openWindows } from "./windows.ts";

/** An answer of the past; or why there is none. */
export type PastAnswer<Answer> =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "unknown-cluster" }
  /** Nothing had been recorded by then. */
  | { readonly kind: "too-early" }
  /** What else is asked for is no range of time. */
  | { readonly kind: "bad-range"; readonly message: string }
  /** So many ask for whole fleets already. */
  | { readonly kind: "busy" }
  | { readonly kind: "unread"; readonly message: string };

/** What the HTTP API tells as of a moment of the past. */
export type Replay = {
  readonly clusters: (at: EpochMs) => Promise<PastAnswer<ReplayedClusters>>;
  readonly status: (id: string, at: EpochMs) => Promise<PastAnswer<ReplayedStatus>>;
  readonly history: (
    id: string,
    from: EpochMs,
    to: EpochMs,
    at: EpochMs,
  ) => Promise<PastAnswer<ReplayedHistory>>;
};

type Watched = Pick<Watch, "cluster" | "picture">;

/** What it is made from. */
export type ReplayTools = {
  readonly watches: () => ReadonlyMap<string, Watched>;
  readonly read: SpanReader;
  readonly ended: () => readonly EndedRun[];
  readonly clock: Pick<Clock, "now" | "steadyMs">;
  readonly cadence: Cadence;
  readonly build: string;
  readonly simulated: boolean;
};

const readersAtOnce = 8;
/** So many ask for the whole fleet at once at most; the live view must not wait for them. */
const mostFleetsAtOnce = 4;
/** After so long others get their turn. */
const longestTurnMs = 10;
/** A whole fleet may be asked for again once so many times what it cost has passed. */
const restFactor = 4;

/** Answers as of moments of the past, by the same pure functions as the live ones. */
export function openReplay(tools: ReplayTools): Replay {
  const { watches, read, clock, cadence, build, simulated } = tools;
  const windows = openWindows(read, () => clock.now());
  const earlierBy = heldEarlierBy(tools.ended, clock);
  let fleetsAsked = 0;
  /** The last picture of each cluster: between two polls nothing changes but the time. */
  const held = new Map<
    string,
    { readonly mark: string; readonly earlier: unknown; readonly past: PastPicture }
  >();

  const pastOf = async (watch: Watched, at: EpochMs): Promise<PastPicture | null> => {
    const cluster = watch.cluster();
    const past = pastPicture(cluster, await windows(watch, at), at, cadence);
    const last = past?.picture.spans.at(-1);
    if (past === null || last === undefined || past.unobservedSince !== null) {
      return past;
    }
    const { picture } = past;
    const { revision, spans } = picture;
    const mark = [revision, spans.length, last.to, picture.intervalMs, ...cluster.nodes].join(" ");
    const earlier = earlierBy(at);
    const known = held.get(cluster.id);
    if (known?.mark === mark && known.earlier === earlier) {
      return known.past;
    }
    held.set(cluster.id, { mark, earlier, past });
    return past;
  };

  /** What is told of one cluster that was heard of by then. */
  const withPast = async <Answer>(
    id: string,
    at: EpochMs,
    answerFrom: (watch: Watched, past: PastPicture) => Answer | Promise<Answer>,
  ): Promise<PastAnswer<Answer>> =>
    told(async () => {
      const watch = watches().get(id);
      if (watch === undefined) {
        return { kind: "unknown-cluster" };
      }
      const past = await pastOf(watch, at);
      return past === null
        ? { kind: "too-early" }
        : { kind: "answer", answer: await answerFrom(watch, past) };
    });

  const marked = (at: EpochMs) => ({ now: at, replay: { at, notRecorded: [...notRecorded] } });

  const summaries = async (at: EpochMs): Promise<PastAnswer<ReplayedClusters>> => {
    let beganMs = clock.steadyMs();
    let costMs = 0;
    let isKnown = false;
    const clusters = await inTurn([...watches().values()], readersAtOnce, async (watch) => {
      const past = await pastOf(watch, at);
      isKnown ||= past !== null;
      const nowMs = clock.steadyMs();
      if (nowMs - beganMs > longestTurnMs) {
        costMs += nowMs - beganMs;
        await new Promise((resolve) => setImmediate(resolve));
        beganMs = clock.steadyMs();
      }
      return pastSummary(watch.cluster(), past, simulated, at, () => earlierBy(at));
    });
    costMs += clock.steadyMs() - beganMs;
    const nextPollInMs = Math.round(Math.max(nextAskInMs, restFactor * costMs));
    const answer = { ...marked(at), build, simulated, notices: [], clusters, nextPollInMs };
    return isKnown ? { kind: "answer", answer } : { kind: "too-early" };
  };

  return {
    clusters: async (at) => {
      if (fleetsAsked >= mostFleetsAtOnce) {
        return { kind: "busy" };
      }
      fleetsAsked += 1;
      try {
        return await told(async () => summaries(at));
      } finally {
        fleetsAsked -= 1;
      }
    },
    status: async (id, at) =>
      withPast(id, at, (watch, past) => {
        const summary = pastSummary(watch.cluster(), past, simulated, at, () => earlierBy(at));
        return { ...statusAnswer(summary, past.picture, build, at), ...marked(at) };
      }),
    history: async (id, from, to, at) =>
      withPast(id, at, async (watch, { picture: { revision } }) => {
        const { spans, cutBefore } = await read(watch, from, Math.min(to, at));
        const heard = heardBy(spans, at).filter(
          (span, index, all) => spanEnd(span, all[index + 1]) >= from,
        );
        return {
          ...marked(at),
          revision,
          spans: [...heard],
          ...(cutBefore === undefined ? {} : { cutBefore }),
        };
      }),
  };
}

/** What can't be read is told, not thrown: it may be readable again the next moment. */
async function told<Answer>(
  answer: () => Promise<PastAnswer<Answer>>,
): Promise<PastAnswer<Answer>> {
  try {
    return await answer();
  } catch (error) {
    return { kind: "unread", message: error instanceof Error ? error.message : String(error) };
  }
}
