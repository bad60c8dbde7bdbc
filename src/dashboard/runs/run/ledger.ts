/** What went on in an upgrade beside its states: absences, errors and oddities, in words. */
import type { RunDetail } from "../../../contract/runs.ts";
import { stateWord } from "../../../upgrade/status.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { linkFaces } from "../../shell/bandFace.ts";
import { countWords } from "../../shell/runs/runWords.ts";
import { shortDuration } from "../../timeline/words/shortDuration.ts";
import type { IconShape } from "../../ui/Icon.tsx";

type Absence = RunDetail["absences"][number];
type Anomaly = RunDetail["anomalies"][number];

/** One time in which nothing was heard. */
export type AbsenceRow = {
  readonly key: string;
  readonly word: string;
  readonly shape: IconShape;
  readonly tone: Tone | "link";
  readonly from: number;
  readonly to: number;
  readonly duration: string;
  readonly after: string;
  readonly reason: string;
};

const absenceShapes = {
  away: "broken-ring",
  outage: "cross",
  unobserved: "dots",
  missed: "broken-ring",
} as const satisfies Record<Absence["kind"], IconShape>;

/** The absences, oldest first. */
export function absenceRows(absences: readonly Absence[]): readonly AbsenceRow[] {
  return absences.map(({ kind, from, to, state, failure, polls }) => ({
    key: `${kind}-${from}`,
    word: kind === "missed" ? `${countWords(polls, "poll")} missed` : linkFaces[kind].word,
    tone: kind === "missed" ? "unseen" : linkFaces[kind].tone,
    shape: absenceShapes[kind],
    from,
    to,
    duration: shortDuration(to - from),
    after: state === "" ? "—" : stateWord(state),
    reason: failure?.message ?? "Upgrade Watch was not watching.",
  }));
}

const anomalyWords = {
  "progress-fell": "The percent fell",
  "target-changed": "The target was changed",
  "prepared-with-auto-commit": "It stopped at Prepared though it commits by itself",
  "unknown-state": "A state that this page doesn't know",
} as const satisfies Record<Anomaly["reason"], string>;

/** What went on that should not have, in words. */
export function anomalyWordsOf({ reason, figure }: Anomaly): string {
  return `${anomalyWords[reason]}: ${figure}`;
}
