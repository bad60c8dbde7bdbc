import { type Generation, generations, statusReaders } from "../../contract/clusterGenerations.ts";
import type { Reading } from "../../contract/clusterReply.ts";
import type { Answer, Refusal } from "./ask.ts";
import type { paths, Reply } from "./exchange.ts";

/** What one address says of the upgrade. */
export type StatusOutcome = Reading200 | Refusal;

/** A reply with the status 200, read. */
type Reading200 = {
  readonly kind: "reading";
  readonly reading: Reading;
  /** Which generation of the endpoint it was read from. */
  readonly generation: Generation;
};

/** Which generation of the status endpoint a cluster has. */
export type GenerationProbe = {
  /** The one that answered last; today's until another was found. */
  readonly present: () => Generation;
  /** Looks anew from the newest on, with the next question: another release may have other endpoints. */
  readonly forget: () => void;
  /** Asks one address: the generation that answered last, and only where that is not there (404) the others. */
  readonly ask: (question: (what: keyof typeof paths) => Promise<Answer>) => Promise<StatusOutcome>;
};

const endpoints = { 1: "statusV1", 2: "statusV2", 3: "status" } as const satisfies Record<
  Generation,
  keyof typeof paths
>;

/** A probe that has asked nothing yet. */
export function openGenerationProbe(): GenerationProbe {
  let present: Generation = 3;
  let last: { readonly reply: Reply; readonly outcome: Reading200 } | undefined;

  /** What the very bytes of the last reply say under the same headers was read already. */
  const outcomeOf = (generation: Generation, reply: Reply): Reading200 => {
    if (last?.outcome.generation === generation && isRead(last.reply, reply)) {
      return last.outcome;
    }
    const reading = statusReaders[generation](reply.body, reply.headers);
    const outcome: Reading200 = { kind: "reading", reading, generation };
    last = { reply, outcome };
    return outcome;
  };

  return {
    present: () => present,
    forget: () => {
      present = 3;
    },
    ask: async (question) => {
      const order = [present, ...generations.filter((generation) => generation !== present)];
      let newest: Refusal | undefined;
      for (const generation of order) {
        // oxlint-disable-next-line no-await-in-loop -- the next one is asked only where this one is not there
        const answer = await question(endpoints[generation]);
        if (answer.kind === "failure" && answer.httpStatus === 404) {
          newest = generation === 3 ? answer : newest;
          continue;
        }
        if (answer.kind === "failure") {
          // Whoever comes back after a silence may run another release.
          present = answer.httpStatus === null ? 3 : generation;
          return answer;
        }
        present = generation;
        return outcomeOf(generation, answer.reply);
      }
      present = 3;
      return newest ?? noneAsked;
    },
  };
}

/** Whether one reply is read as another was: by its body, and the headers that say what it is. */
function isRead(before: Reply, { body, headers }: Reply): boolean {
  return (
    before.body === body &&
    before.headers["content-type"] === headers["content-type"] &&
    before.headers["content-encoding"] === headers["content-encoding"]
  );
}

const noneAsked: Refusal = {
  kind: "failure",
  failure: { kind: "http", message: "There is no /v3/upgrade/status here (404)." },
  trust: false,
  httpStatus: 404,
  retryAfterMs: null,
};
