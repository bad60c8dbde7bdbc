/** Items by key, the keys in the order in which they first come. */
export function grouped<Key, Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

/** The value that occurs most often, the first of these where several do; null for none. */
export function mostCommon<Value>(values: readonly Value[]): Value | null {
  const [most] = [...grouped(values, (value) => value)].sort(
    ([, one], [, other]) => other.length - one.length,
  );
  return most === undefined ? null : most[0];
}
