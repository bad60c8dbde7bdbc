import { useSyncExternalStore } from "react";

/** A choice among a few words that is kept by the browser and can be given in the address. */
export type StoredChoice<Value extends string> = {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  readonly subscribe: (listener: () => void) => () => void;
};

/** Where a choice is kept: `localStorage`, which may refuse. */
export type Keep = {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
};

/**
 * A choice: the address wins over what is kept, that over the first value. What is malformed is ignored, and a storage
 * that is refused or broken costs only the memory of the choice.
 *
 * @param name the parameter of the address and the key of the storage
 * @param values what may be chosen; the first is the default
 * @param search the address's query at the start, e.g. `?theme=dark`
 */
export function createStoredChoice<Value extends string>(
  name: string,
  values: readonly [Value, ...Value[]],
  search: string,
  keep: () => Keep,
): StoredChoice<Value> {
  const known = (text: string | null): Value | undefined => values.find((value) => value === text);
  const listeners = new Set<() => void>();
  let chosen = known(new URLSearchParams(search).get(name)) ?? known(read()) ?? values[0];

  function read(): string | null {
    try {
      return keep().getItem(name);
    } catch {
      // Refused by the browser's settings: nothing is kept then.
      return null;
    }
  }

  return {
    get: () => chosen,
    set: (value) => {
      chosen = value;
      try {
        keep().setItem(name, value);
      } catch {
        // Refused or full: the choice holds until the page is left.
      }
      for (const each of listeners) {
        each();
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value that is chosen now. */
export function useStoredChoice<Value extends string>(choice: StoredChoice<Value>): Value {
  return useSyncExternalStore(choice.subscribe, choice.get);
}
