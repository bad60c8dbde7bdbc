import { readSettingsReply } from "../../contract/clusterSiblings.ts";
import { minuteMs } from "../../upgrade/duration.ts";
import type { Answer, Refusal } from "./ask.ts";

/** Whether the cluster behind an address is the one that the configuration names. */
export type IdentityCheck = {
  /**
   * Asks an address for its cluster's name, where one is configured and the last answer is not fresh.
   *
   * @returns why nothing that it says may be taken for this cluster's; null where nothing speaks against it
   */
  readonly refusal: (index: number, question: () => Promise<Answer>) => Promise<Refusal | null>;
  /** An address fell silent: another cluster may come back in its place. */
  readonly doubt: (index: number) => void;
  /** Says so where a name is configured and could not be compared at some address; null otherwise. */
  readonly remark: () => string | null;
};

/** What an address was last called; read when, or null once that is in doubt. */
type Known = { readonly name: string | null; readonly readAtMs: number | null };

const checkEveryMs = minuteMs;

const uncheckedWords =
  "A clusterName is configured, but the cluster's own name can't be read (it takes PRIVILEGE_CLUSTER_READ), so it is not checked that this is that cluster.";

/**
 * @param expected the name that the cluster should call itself by; null where none is configured
 * @param steadyMs a clock that nobody can set
 */
export function openIdentityCheck(expected: string | null, steadyMs: () => number): IdentityCheck {
  const known = new Map<number, Known>();

  return {
    refusal: async (index, question) => {
      if (expected === null) {
        return null;
      }
      const before = known.get(index);
      const readAtMs = before?.readAtMs ?? null;
      if (readAtMs === null || steadyMs() - readAtMs >= checkEveryMs) {
        const answer = await question();
        const name =
          answer.kind === "reply"
            ? readSettingsReply(answer.reply.body, answer.reply.headers)
            : null;
        // Another cluster is not taken for this one because its name can't be read for once.
        const was = before?.name === expected ? null : (before?.name ?? null);
        known.set(index, { name: name ?? was, readAtMs: steadyMs() });
      }
      const name = known.get(index)?.name ?? null;
      return name === null || name === expected ? null : anotherCluster(name, expected);
    },
    doubt: (index) => {
      known.set(index, { name: known.get(index)?.name ?? null, readAtMs: null });
    },
    remark: () =>
      [...known.values()].some(({ name, readAtMs }) => name === null && readAtMs !== null)
        ? uncheckedWords
        : null,
  };
}

function anotherCluster(name: string, expected: string): Refusal {
  const message = `Another cluster answers at this address: it calls itself ${name}, but ${expected} is configured (clusterName). Check the addresses; nothing that it says is shown as this cluster's.`;
  return {
    kind: "failure",
    failure: { kind: "invalid", message, trust: true },
    trust: true,
    httpStatus: null,
    retryAfterMs: null,
  };
}
