import type { RunDigest } from "../runs/digest.ts";
import type { RunState } from "../runs/runStates.ts";
import { stateOrder, type UpgradeSettings } from "../status.ts";
import { type Difference, differenceOf, type Length, lengthOfAll } from "./length.ts";

/** What is compared of an upgrade. */
export type ComparedRun = Pick<
  RunDigest,
  | "from"
  | "fromExact"
  | "to"
  | "toExact"
  | "lastHeard"
  | "settings"
  | "states"
  | "waits"
  | "absentMs"
>;

/** The same of two upgrades, and how the first differs from the second. */
export type Compared<What> = {
  readonly what: What;
  readonly first: Length | null;
  readonly second: Length | null;
  readonly difference: Difference | null;
};

/** One setting in which two upgrades differ, by its name in the cluster's API. */
export type ChangedSetting = {
  readonly name: keyof UpgradeSettings;
  readonly first: string | number | boolean | null;
  readonly second: string | number | boolean | null;
};

/** How one upgrade differs from another. */
export type Comparison = {
  readonly total: Compared<"total">;
  /** Those that either passed, in their order; the cluster's own words for a state that is none of ours come last. */
  readonly states: readonly Compared<string>[];
  readonly waits: readonly Compared<"person" | "nodes">[];
  /** For how long nothing was heard, by reason, where either was silent. */
  readonly absences: readonly {
    readonly kind: keyof ComparedRun["absentMs"];
    readonly firstMs: number;
    readonly secondMs: number;
  }[];
  /** Null where one of them reported no settings, so that it is not known. */
  readonly settings: readonly ChangedSetting[] | null;
};

const settingNames = [
  "install_path",
  "target_version",
  "upgrade_type",
  "auto_commit",
  "do_rolling_reboot",
  "num_nodes_to_reboot",
] as const satisfies readonly (keyof UpgradeSettings)[];
const waitKinds = ["person", "nodes"] as const;
const absenceKinds = ["away", "outage", "unobserved", "missed"] as const;
const waitedIn = {
  person: "UPGRADE_STATE_PREPARED",
  nodes: "UPGRADE_STATE_REBOOTING",
} as const;

/** Compares the first upgrade with the second. */
export function compareRuns(first: ComparedRun, second: ComparedRun): Comparison {
  const passed = new Set([...first.states, ...second.states].map(({ state }) => state));
  const known = new Set<string>(stateOrder);
  const order = [...stateOrder, ...[...passed].filter((state) => !known.has(state))];
  return {
    total: compared("total", totalOf(first), totalOf(second)),
    states: order
      .filter((state) => passed.has(state))
      .map((state) => compared(state, stateOf(first, state), stateOf(second, state))),
    waits: waitKinds
      .map((kind) => compared(kind, waitOf(first, kind), waitOf(second, kind)))
      .filter(({ difference }) => difference !== null),
    absences: absenceKinds
      .map((kind) => ({ kind, firstMs: first.absentMs[kind], secondMs: second.absentMs[kind] }))
      .filter(({ firstMs, secondMs }) => firstMs > 0 || secondMs > 0),
    settings: changedSettings(first.settings, second.settings),
  };
}

function compared<What>(what: What, first: Length | null, second: Length | null): Compared<What> {
  return { what, first, second, difference: differenceOf(first, second) };
}

function stateOf({ states }: ComparedRun, asked: string): Length | null {
  return lengthOfAll(states.filter(({ state }) => state === asked).map(lengthOf));
}

function lengthOf(stay: RunState): Length {
  return {
    ms: stay.measuredMs + stay.inferredMs,
    leastMs: stay.leastMs,
    mostMs: stay.mostMs,
    exact: stay.fromExact && stay.toExact,
    open: stay.open,
  };
}

function waitOf({ waits, states }: ComparedRun, asked: "person" | "nodes"): Length | null {
  const stays = states.filter(({ state }) => state === waitedIn[asked]);
  const exact = stays.every(({ fromExact, toExact }) => fromExact && toExact);
  return lengthOfAll(
    waits
      .filter((wait) => wait.for === asked)
      .map(({ ms, leastMs, mostMs, open }) => ({ ms, leastMs, mostMs, exact, open })),
  );
}

/** From the first answer of an upgrade to the one that ended it. */
function totalOf(run: ComparedRun): Length {
  const { from, to, lastHeard } = run;
  const before = unheardBeforeMs(run);
  return {
    ms: (to ?? lastHeard) - from,
    leastMs: lastHeard - from,
    mostMs: to === null || before === null ? null : to - from + before,
    exact: run.fromExact && run.toExact,
    open: to === null,
  };
}

/** How long before its first answer an upgrade may have begun; null where nothing was heard before. */
function unheardBeforeMs({ from, to, lastHeard, states }: ComparedRun): number | null {
  const [first, ...later] = states;
  if (first === undefined || first.mostMs === null) {
    return null;
  }
  if (first.inferred) {
    return from - first.from;
  }
  const until = later.find(({ inferred }) => !inferred)?.from ?? to ?? lastHeard;
  return Math.max(0, first.mostMs - (until - first.from));
}

function changedSettings(
  first: UpgradeSettings | null,
  second: UpgradeSettings | null,
): readonly ChangedSetting[] | null {
  return first === null || second === null
    ? null
    : settingNames
        .filter((name) => first[name] !== second[name])
        .map((name) => ({ name, first: first[name], second: second[name] }));
}
