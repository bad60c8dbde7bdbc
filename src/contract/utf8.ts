/** UTF-8 checked byte by byte, by table 3-7 of the Unicode Standard: no overlong forms, no surrogates, no end too early. */

/** Between two characters; every text begins and ends here. */
export const whole = 0;
/** After a byte that can't come here. */
export const broken = 8;

/** Further states, by what must follow. */
const one = 1;
const two = 2;
const three = 3;
const afterE0 = 4;
const afterEd = 5;
const afterF0 = 6;
const afterF4 = 7;

/** From a state, by the bytes of a range, to the next state. */
const rules: readonly (readonly [from: number, first: number, last: number, to: number])[] = [
  [whole, 0x00, 0x7f, whole],
  [whole, 0xc2, 0xdf, one],
  [whole, 0xe0, 0xe0, afterE0],
  [whole, 0xe1, 0xef, two],
  [whole, 0xed, 0xed, afterEd],
  [whole, 0xf0, 0xf0, afterF0],
  [whole, 0xf1, 0xf3, three],
  [whole, 0xf4, 0xf4, afterF4],
  [one, 0x80, 0xbf, whole],
  [two, 0x80, 0xbf, one],
  [three, 0x80, 0xbf, two],
  [afterE0, 0xa0, 0xbf, one],
  [afterEd, 0x80, 0x9f, one],
  [afterF0, 0x90, 0xbf, two],
  [afterF4, 0x80, 0x8f, two],
];

const table = new Uint8Array(9 * 256).fill(broken);
for (const [from, first, last, to] of rules) {
  table.fill(to, from * 256 + first, from * 256 + last + 1);
}

/** The state after one more byte. */
export function nextState(state: number, byte: number): number {
  return table[state * 256 + byte] ?? broken;
}
