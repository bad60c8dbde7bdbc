import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { verdicts } from "../../upgrade/verdictNames.ts";
import { byAttention } from "../shell/order.ts";
import { summary } from "../shell/summary.fixture.ts";
import { attentionOrder } from "./attentionOrder.ts";

it("gives the order by attention, whatever came, went and changed since last time", () => {
  const fleet = fc.uniqueArray(
    fc.record({ place: fc.nat(9), verdict: fc.constantFrom(...verdicts) }),
    { selector: ({ place }) => place },
  );
  fc.assert(
    fc.property(fc.array(fleet), (answers) => {
      const inOrder = attentionOrder();
      for (const answer of answers) {
        const clusters = answer.map(({ place, verdict }) =>
          summary({ id: `c${place}`, name: `Site ${place}`, verdict }),
        );
        expect(inOrder(clusters)).toEqual(byAttention(clusters));
      }
    }),
  );
});

it("compares few names where next to nothing changed", () => {
  const read = vi.fn<(index: number) => string>((index) => `Site ${(index * 7919) % 1000}`);
  const clusters = Array.from({ length: 1000 }, (_, index) => ({
    ...summary({ id: `c${index}` }),
    get name() {
      return read(index);
    },
  }));
  const inOrder = attentionOrder();
  inOrder(clusters);
  const first = read.mock.calls.length;
  read.mockClear();
  inOrder(clusters);
  expect(read.mock.calls.length).toBeLessThan(first / 4);
});
