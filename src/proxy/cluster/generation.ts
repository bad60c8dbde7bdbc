import { type Generation, generations, statusReaders } from "../../contract/clusterGenerations.ts";
import type { Reading } from "../../contract/clusterReply.ts";
import type { Answer, Refusal } from "./ask.ts";
import type { paths } from "./exchange.ts";

/** What one address says of the upgrade. */
export type StatusOutcome =
  | {
      readonly kind: "reading";
      readonly reading: Reading;
      /** Which generation of the endpoint it was read from. */
      readonly generation: Generation;
    }
  | Refusal;

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
        const reading = statusReaders[generation](answer.reply.body, answer.reply.headers);
        return { kind: "reading", reading, generation };
      }
      present = 3;
      return newest ?? noneAsked;
    },
  };
}

const noneAsked: Refusal = {
  kind: "failure",
  failure: { kind: "http", message: "There is no /v3/upgrade/status here (404)." },
  trust: false,
  httpStatus: 404,
  retryAfterMs: null,
};
