/** The head of the page: what the cluster is at, in a word, a shape and a few large figures. */
import type { ClusterStatus } from "../../../contract/api.ts";
import type { Run } from "../../../upgrade/runs/run.ts";
import { rebootCount } from "../../../upgrade/rebootWords.ts";
import { wholePercent } from "../../../upgrade/span.ts";
import { isIdle, isState, type Shape, states, stateWord } from "../../../upgrade/status.ts";
import { faceOf, type Tone } from "../../../upgrade/verdictFace.ts";
import { sameVersion, versionText } from "../../../upgrade/version.ts";
import { upgradeFacts } from "../../../upgrade/words/kind.ts";

/** The large word with its shape. */
export type Title = {
  readonly word: string;
  readonly shape: Shape;
  readonly tone: Tone;
  /** For the filling ring, 0 to 1. */
  readonly fraction: number | null;
};

/** The versions, and what kind of upgrade it is. */
export type Subject = {
  readonly from: string | null;
  readonly to: string | null;
  readonly facts: readonly string[];
};

/** What follows the title: the verdict where it adds something, and one sentence. */
export type Remark = {
  readonly verdict: { readonly word: string; readonly shape: Shape; readonly tone: Tone } | null;
  readonly sentence: string;
};

/** These say it all in their headline; the state beside them would only compete. */
const verdictsInTitle: readonly ClusterStatus["verdict"][] = [
  "failed",
  "outage",
  "denied",
  "unproven",
  "done",
  "unseen",
];
/** Of these a banner of its own tells the details. */
const verdictsWithBanner: readonly ClusterStatus["verdict"][] = [
  "failed",
  "outage",
  "denied",
  "away",
  "late",
  "waiting",
];

/** The large word: the state, or the verdict where that matters more. */
export function titleOf(status: ClusterStatus): Title {
  const { state, verdict, headline, reboot } = status;
  // An idle cluster whose next upgrade is blocked is not merely idle.
  if (state === null || verdict === "idle" || verdictsInTitle.includes(verdict)) {
    const { shape, tone } = faceOf(status);
    return { word: headline, shape, tone, fraction: null };
  }
  if (!isState(state)) {
    return { word: stateWord(state), shape: "question", tone: "unseen", fraction: null };
  }
  const { word, shape, token } = states[state];
  const count =
    state === "UPGRADE_STATE_REBOOTING" && reboot !== null && reboot.total > 0
      ? ` ${rebootCount(reboot)}`
      : "";
  const fraction = status.progress === null ? null : status.progress / 100;
  return { word: `${word}${count}`, shape, tone: token, fraction };
}

/** The versions and the kind of the upgrade in flight, or of the last one where nothing is in flight. */
export function subjectOf(status: ClusterStatus, run: Run | undefined): Subject {
  const idle = status.state !== null && isIdle(status.state);
  const settings = status.status?.settings ?? (idle ? null : (run?.settings ?? null));
  if (idle && status.verdict !== "done") {
    return { from: status.runningVersion, to: null, facts: [] };
  }
  const ended = idle ? run : undefined;
  const target = status.targetVersion ?? run?.targetVersion ?? settings?.target_version ?? null;
  return {
    from: plainVersion(status.fromVersion ?? runningBefore(status, target)),
    to: plainVersion(target),
    facts: upgradeFacts(ended?.settings ?? settings),
  };
}

/** What the cluster calls itself, where that is not what the configuration calls it; null elsewhere. */
export function ownNameOf({ clusterName, name }: ClusterStatus): string | null {
  return clusterName === name ? null : clusterName;
}

/** The sentence below the title. */
export function remarkOf(status: ClusterStatus): Remark {
  const { state, verdict, progress } = status;
  const inTitle = verdictsInTitle.includes(verdict);
  const face = faceOf(status);
  const ordinary = verdict === "running" || verdict === "idle" || verdict === "away";
  const isSaid = inTitle || ordinary || status.headline === titleOf(status).word;
  const word = isSaid ? null : { ...face, word: status.headline };
  if (!verdictsWithBanner.includes(verdict)) {
    return { verdict: word, sentence: status.detail };
  }
  if (inTitle) {
    const percent = wholePercent(progress);
    const was =
      state === null ? "" : `${stateWord(state)}${percent === null ? "" : ` ${percent} %`}`;
    const when = status.link === "answering" ? "State" : "Last heard";
    return { verdict: word, sentence: was === "" ? "" : `${when}: ${was}` };
  }
  const meaning = state !== null && isState(state) ? states[state].meaning : status.detail;
  return { verdict: word, sentence: meaning };
}

/** What runs now is where the upgrade comes from, unless it is already where it goes to. */
function runningBefore({ runningVersion }: ClusterStatus, target: string | null): string | null {
  return sameVersion(runningVersion, target) === true ? null : runningVersion;
}

function plainVersion(version: string | null): string | null {
  return version === null ? null : versionText(version);
}
