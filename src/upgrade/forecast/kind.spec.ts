import { describe, expect, it } from "vitest";
import type { EarlierRun } from "../runs/earlierRun.ts";
import { chanceOf, earlierOf, upgradesOf } from "../testing/upgrades.ts";
import { ownPeersOf, peersOf } from "./kind.ts";

const [upgrade] = upgradesOf("linear", 1, chanceOf(1));
if (upgrade === undefined) {
  throw new Error("No upgrade was generated.");
}
const base = earlierOf(upgrade, 1);
const many = (count: number, change: Partial<EarlierRun> = {}): readonly EarlierRun[] =>
  Array.from({ length: count }, (_, place) => ({ ...base, to: base.to + place, ...change }));

const step = {};
const ownKind = { targetVersion: "9.9.9" };
const ownType = { ...ownKind, rolling: true };
const fleetKind = { ...ownKind, cluster: "other" };
const fleetType = { ...ownType, cluster: "other" };
const otherType = { upgradeType: "ANOTHER" };

const basis = (earlier: readonly EarlierRun[]): string | undefined =>
  peersOf(base, earlier, ({ to }) => to)?.basis;

describe("which earlier upgrades count", () => {
  it("are the nearest of which there are three, by stated steps", () => {
    const farther = [...many(4, fleetType), ...many(9, otherType)];
    expect(basis(farther)).toBe("4 earlier upgrades of this type in the fleet");
    const kind = [...many(4, fleetKind), ...farther];
    expect(basis(kind)).toBe("4 earlier upgrades of this kind in the fleet");
    const type = [...many(3, ownType), ...kind];
    expect(basis(type)).toBe("3 earlier upgrades of this type on this cluster");
    const own = [...many(3, ownKind), ...type];
    expect(basis(own)).toBe("3 earlier upgrades of this kind on this cluster");
    const same = [...many(3, step), ...own];
    expect(basis(same)).toBe("3 earlier upgrades of this kind and version step on this cluster");
  });

  it("are the nearest at all where no step has three", () => {
    expect(basis([...many(1, ownKind), ...many(1, fleetKind)])).toBe(
      "1 earlier upgrade of this kind on this cluster",
    );
    expect(basis(many(9, otherType))).toBeUndefined();
    expect(basis([])).toBeUndefined();
  });

  it("are only those that can answer, the newest forty of them", () => {
    const half = peersOf(base, many(100), ({ to }) => (to % 2 === 0 ? to : null));
    expect(half?.answers.length).toBe(40);
    expect(half?.answers[0]).toBeGreaterThanOrEqual(base.to + 98);
    expect(basis(many(2))).toMatch(/^2 /);
  });

  it("takes the number of nodes at a time for a difference only in a rolling reboot", () => {
    expect(basis(many(3, { nodesPerBatch: 2 }))).toMatch(/and version step/);
    const rolling = many(3, { rolling: true, nodesPerBatch: 2 });
    expect(peersOf({ ...base, rolling: true }, rolling, () => 1)?.basis).toMatch(/type/);
  });

  it("never takes another cluster's past, or another kind's, for a cluster's own", () => {
    const earlier = [...many(5, fleetKind), ...many(4, ownKind), ...many(5, ownType)];
    expect(ownPeersOf(base, earlier, () => 1).answers.length).toBe(4);
  });
});
