import type { EarlierRun } from "../runs/earlierRun.ts";
import type { UpgradeSettings } from "../status.ts";

/** What makes two upgrades of one kind. */
export type Kind = Pick<
  EarlierRun,
  "cluster" | "upgradeType" | "rolling" | "nodesPerBatch" | "fromVersion" | "targetVersion"
>;

/** What earlier upgrades answer to a question about the present one, and who they are. */
export type Peers<Answer> = {
  readonly answers: readonly Answer[];
  /** In words, as it reads behind "by". */
  readonly basis: string;
};

/** From so many on the nearest suffice, and none is asked that is less alike. */
const enough = 3;
/** The newest of them; what a cluster was like years ago says little of today. */
const most = 40;

/** The same kind on the same cluster, whatever the versions. */
const ownKind = {
  words: "of this kind on this cluster",
  key: (kind: Kind) => `kind ${kind.cluster} ${kindKey(kind)}`,
} as const;

/**
 * The steps by which earlier upgrades are taken to be like the present one, the nearest first. Each has its key: those
 * whose keys are equal are alike.
 */
const steps = [
  {
    words: "of this kind and version step on this cluster",
    key: (kind: Kind) => `step ${kind.cluster} ${kindKey(kind)} ${versionStep(kind)}`,
  },
  ownKind,
  {
    words: "of this type on this cluster",
    key: (kind: Kind) => `type ${kind.cluster} ${kind.upgradeType}`,
  },
  { words: "of this kind in the fleet", key: (kind: Kind) => kindKey(kind) },
  {
    words: "of this type in the fleet",
    key: (kind: Kind) => `type ${kind.upgradeType}`,
  },
] as const;

function kindKey({ upgradeType, rolling, nodesPerBatch }: Kind): string {
  // How many at a time matters only where they reboot one after another.
  return `${upgradeType} ${rolling} ${rolling === true ? nodesPerBatch : ""}`;
}

function versionStep({ fromVersion, targetVersion }: Kind): string {
  return `${fromVersion} ${targetVersion}`;
}

/**
 * What the earlier upgrades answer that are most like the present one: those of the nearest step of which three can
 * answer, else of the nearest of which any can.
 *
 * @param earlier all that are known, of all clusters; the same array is indexed once
 * @param answer null where one did not go through what is asked about, or that was not measured
 */
export function peersOf<Answer>(
  kind: Kind,
  earlier: readonly EarlierRun[],
  answer: (run: EarlierRun) => Answer | null,
): Peers<Answer> | null {
  const index = indexOf(earlier);
  let nearest: Peers<Answer> | null = null;
  for (const { words, key } of steps) {
    const answers = answersOf(index.get(key(kind)), answer);
    const peers = { answers, basis: basisOf(answers.length, words) };
    if (answers.length >= enough) {
      return peers;
    }
    nearest ??= answers.length === 0 ? null : peers;
  }
  return nearest;
}

/** The kind of an upgrade that is told by its settings. */
export function kindBySettings({
  cluster,
  settings,
  fromVersion,
  targetVersion,
}: Pick<Kind, "cluster" | "fromVersion" | "targetVersion"> & {
  readonly settings: UpgradeSettings | null;
}): Kind {
  return {
    cluster,
    upgradeType: settings?.upgrade_type ?? null,
    rolling: settings?.do_rolling_reboot ?? null,
    nodesPerBatch: settings?.num_nodes_to_reboot ?? null,
    fromVersion,
    targetVersion,
  };
}

/** How two upgrades are alike: the nearest step at which they are, and its words; null where at none. */
export function alikeWords(
  one: Kind,
  other: Kind,
): { readonly step: number; readonly words: string } | null {
  const step = steps.findIndex(({ key }) => key(one) === key(other));
  const words = steps[step]?.words;
  return words === undefined ? null : { step, words };
}

/** What the earlier upgrades of the same kind on the same cluster answer: no others are its own past. */
export function ownPeersOf<Answer>(
  kind: Kind,
  earlier: readonly EarlierRun[],
  answer: (run: EarlierRun) => Answer | null,
): Peers<Answer> {
  const { key, words } = ownKind;
  const answers = answersOf(indexOf(earlier).get(key(kind)), answer);
  return { answers, basis: basisOf(answers.length, words) };
}

function answersOf<Answer>(
  runs: readonly EarlierRun[] = [],
  answer: (run: EarlierRun) => Answer | null,
): readonly Answer[] {
  const answers: Answer[] = [];
  for (const run of runs) {
    const one = answers.length < most ? answer(run) : null;
    if (one !== null) {
      answers.push(one);
    }
  }
  return answers;
}

function basisOf(count: number, words: string): string {
  return `${count} earlier ${count === 1 ? "upgrade" : "upgrades"} ${words}`;
}

/** By the keys of all steps, the newest first: a thousand clusters ask at every poll. */
const indexes = new WeakMap<readonly EarlierRun[], ReadonlyMap<string, readonly EarlierRun[]>>();

function indexOf(earlier: readonly EarlierRun[]): ReadonlyMap<string, readonly EarlierRun[]> {
  const known = indexes.get(earlier);
  if (known !== undefined) {
    return known;
  }
  const index = new Map<string, EarlierRun[]>();
  for (const run of earlier.toSorted((one, other) => other.to - one.to)) {
    for (const { key } of steps) {
      const word = key(run);
      const alike = index.get(word);
      if (alike === undefined) {
        index.set(word, [run]);
      } else {
        alike.push(run);
      }
    }
  }
  indexes.set(earlier, index);
  return index;
}
