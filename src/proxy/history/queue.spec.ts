import { describe, expect, it, vi } from "vitest";
import { WriteQueue } from "./queue.ts";
import { percentSpan } from "./testing/spans.fixture.ts";

const quiet = { resolve: () => undefined, reject: () => undefined };
const record = (cluster: string, sequence: number, percent = sequence) => ({
  cluster,
  sequence,
  span: percentSpan(percent),
});

describe("the write queue", () => {
  it("puts everything of one cluster, in order, before its urgent record", () => {
    const queue = new WriteQueue(100);
    queue.add("a", [record("a", 1)], false, quiet);
    queue.add("b", [record("b", 1)], false, quiet);
    expect(queue.take(false)).toBeUndefined();
    queue.add("a", [record("a", 2), record("a", 3)], true, quiet);
    expect(queue.take(false)).toEqual([record("a", 1), record("a", 2), record("a", 3)]);
    queue.written();
    expect(queue.take(true)).toEqual([record("b", 1)]);
  });

  it("keeps of the stretches of one place the last", () => {
    const queue = new WriteQueue(100);
    queue.add("a", [record("a", 1, 10)], false, quiet);
    queue.add("a", [record("a", 1, 11)], false, quiet);
    expect(queue.take(true)).toEqual([record("a", 1, 11)]);
  });

  it("takes one batch at a time and tells its waiters once it is written", () => {
    const queue = new WriteQueue(100);
    const first = { resolve: vi.fn<() => void>(), reject: vi.fn<(error: Error) => void>() };
    const second = { resolve: vi.fn<() => void>(), reject: vi.fn<(error: Error) => void>() };
    queue.add("a", [record("a", 1)], true, first);
    queue.take(false);
    queue.add("a", [record("a", 2)], true, second);
    expect(queue.take(false)).toBeUndefined();
    queue.written();
    expect(first.resolve).toHaveBeenCalledOnce();
    expect(second.resolve).not.toHaveBeenCalled();
    expect(queue.isEmpty).toBe(false);
  });

  it("puts a failed batch before what came since, which wins its place", () => {
    const queue = new WriteQueue(100);
    const waiter = { resolve: vi.fn<() => void>(), reject: vi.fn<(error: Error) => void>() };
    queue.add("a", [record("a", 1, 10), record("a", 2, 20)], true, waiter);
    queue.take(false);
    queue.add("a", [record("a", 2, 21), record("a", 3, 30)], false, quiet);
    expect([...queue.of("a").values()]).toEqual([10, 21, 30].map((at) => percentSpan(at)));
    queue.putBack();
    expect(waiter.resolve).not.toHaveBeenCalled();
    expect(queue.take(false)).toEqual([record("a", 1, 10), record("a", 2, 21), record("a", 3, 30)]);
    queue.written();
    expect(waiter.resolve).toHaveBeenCalledOnce();
    expect(queue.isEmpty).toBe(true);
  });

  it("moves what waits to later places, of one cluster", () => {
    const queue = new WriteQueue(100);
    queue.add("a", [record("a", 1), record("a", 2)], true, quiet);
    queue.add("b", [record("b", 1)], true, quiet);
    queue.shift("a", 40);
    queue.shift("none", 40);
    expect(queue.take(true)).toEqual(
      [record("b", 1), record("a", 41, 1), record("a", 42, 2)].sort((one, other) =>
        one.cluster.localeCompare(other.cluster),
      ),
    );
    queue.written();
    expect(queue.isEmpty).toBe(true);
  });

  it("gives up the oldest details of the largest cluster beyond its limit, and says so", () => {
    const queue = new WriteQueue(10);
    const waiter = { resolve: vi.fn<() => void>(), reject: vi.fn<(error: Error) => void>() };
    queue.add("small", [record("small", 1)], true, quiet);
    const records = Array.from({ length: 9 }, (_, index) => record("large", index + 1));
    expect(queue.add("large", records, true, waiter)).toBeUndefined();
    const givenUp = queue.add("large", [record("large", 10)], true, quiet);
    expect(givenUp).toEqual({ cluster: "large", count: 5 });
    expect(waiter.reject).toHaveBeenCalledOnce();
    const gap = { kind: "unobserved", from: 1_000, to: 5_900, polls: 0, node: null };
    expect(queue.take(false)).toEqual([
      record("small", 1),
      { cluster: "large", sequence: 1, span: gap },
      ...[6, 7, 8, 9, 10].map((sequence) => record("large", sequence)),
    ]);
  });

  it("never holds more than its limit, however long nothing gets written", () => {
    const queue = new WriteQueue(50);
    for (let sequence = 1; sequence <= 2_000; sequence += 1) {
      queue.add("a", [record("a", sequence)], true, quiet);
    }
    const records = queue.take(true) ?? [];
    expect(records.length).toBeLessThanOrEqual(50);
    expect(records.at(-1)).toEqual(record("a", 2_000));
    expect(records[0]?.span).toMatchObject({ kind: "unobserved", from: 1_000 });
  });
});
