/** Goes through many things, round after round. */
export type Rounds<Thing> = {
  /** Begins a round with all that there are now. */
  readonly begin: () => void;
  /**
   * The next one that is wanted in this round; undefined once it is over. It goes on where it stopped: to look through a
   * thousand from the first on for each of them costs more than what is done for it.
   */
  readonly next: (isWanted: (thing: Thing) => boolean) => Thing | undefined;
};

/** Rounds through what there is at the beginning of each. */
export function rounds<Thing extends string | number>(all: () => Iterable<Thing>): Rounds<Thing> {
  let round: readonly Thing[] = [];
  let place = 0;
  return {
    begin: () => {
      round = [...all()];
      place = 0;
    },
    next: (isWanted) => {
      while (place < round.length) {
        const thing = round[place];
        place += 1;
        if (thing !== undefined && isWanted(thing)) {
          return thing;
        }
      }
      return undefined;
    },
  };
}
