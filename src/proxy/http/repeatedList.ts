/** Writes a long list that is answered several times a second, and of which little changes from one answer to the next. */
import * as z from "zod/mini";
import { wireText } from "./wireText.ts";

type Known = { readonly value: object; readonly texts: readonly string[] };

/**
 * What writes the members of a list as JSON, with commas between them. The text of a part is used again for as long as all of
 * its values are the same: they are compared themselves, and one level deep, so that what they hold must never change in place.
 *
 * @param schema of one member; none of its keys may be left out
 * @param parts the keys that change together, and oftener than all others
 */
export function repeatedList<Schema extends z.ZodMiniObject>(
  schema: Schema,
  parts: readonly (readonly string[])[],
): (values: readonly z.output<Schema>[]) => string {
  const shape = Object.entries(schema.shape);
  const often = new Set(parts.flat());
  const lasting = shape.flatMap(([key]) => (often.has(key) ? [] : [key]));
  const writers = [lasting, ...parts].map((keys) => {
    const members = shape.filter(([key]) => keys.includes(key));
    return { keys, write: wireText(z.object(Object.fromEntries(members))) };
  });
  let before: readonly Known[] = [];

  return (values) => {
    before = values.map((value, index) => {
      const known = before[index];
      const texts = writers.map(({ keys, write }, part) => {
        const text = known?.texts[part];
        return text !== undefined && known !== undefined && sameIn(keys, known.value, value)
          ? text
          : partOf(write(value), part, writers.length);
      });
      return { value, texts };
    });
    return before.flatMap(({ texts }) => texts).join(",");
  };
}

/** The text of a part, with the bracket that the whole begins or ends with. */
function partOf(text: string, part: number, parts: number): string {
  return text.slice(part === 0 ? 0 : 1, part === parts - 1 ? undefined : -1);
}

function sameIn(keys: readonly string[], one: object, other: object): boolean {
  return keys.every((key) => isSame(Reflect.get(one, key), Reflect.get(other, key)));
}

/** Whether two values are the same, or hold the same values. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) {
    return false;
  }
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && Reflect.get(one, key) === Reflect.get(other, key),
    )
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
