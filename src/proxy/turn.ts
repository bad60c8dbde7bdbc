/** When the turn of each cluster comes, so that many of them are asked evenly and cost little together. */

/** The golden ratio: its multiples, without their whole parts, lie as far apart as they can, however many there are. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/** Turns that are so close together come together: to wake up for each of a thousand costs a tenth of all. */
const togetherMs = 10;

/**
 * Which share of an interval each of many clusters waits after its first answer, above 0 and up to 1: begun together,
 * they would be asked together ever after.
 */
export function shares(): () => number {
  let count = 0;
  return () => {
    const share = 1 - ((count * goldenRatio) % 1);
    count += 1;
    return share;
  };
}

/** The turns of one cluster, by the steady clock. */
export type Turns = {
  /**
   * When to ask again, from when a poll began on or when it was due. A poll that began late moves no later turn: clusters
   * that were held up together would be asked in step ever after. Turns that went by meanwhile are left out. Whoever was
   * silent gets a new turn, no later than any other, for many may come back together.
   */
  readonly next: (
    isAnswered: boolean,
    poll: { readonly dueMs: number; readonly beganMs: number },
    waitMs: number,
  ) => number;
};

/**
 * Turns of a cluster that has none yet.
 *
 * @param share how much of an interval is waited after a first answer, see {@link shares}; without, all of it
 */
export function openTurns(share?: number): Turns {
  let hasTurn = share === undefined;
  return {
    next: (isAnswered, { dueMs, beganMs }, waitMs) => {
      const hadTurn = hasTurn;
      hasTurn = isAnswered || share === undefined;
      if (!isAnswered) {
        return beganMs + waitMs;
      }
      return hadTurn
        ? beganMs - (Math.max(0, beganMs - dueMs) % waitMs) + waitMs
        : Math.floor((beganMs + (share ?? 1) * waitMs) / togetherMs) * togetherMs;
    },
  };
}
