/** What went on in an upgrade beside its states: absences, in words. */
import type { RunDetail } from "../../../contract/runs.ts";
import { stateWord } from "../../../upgrade/status.ts";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { linkFaces } from "../../shell/bandFace.ts";
import { absenceReason, absenceWord } from "../../../upgrade/words/particulars.ts";
import { shortDuration } from "../../timeline/words/shortDuration.ts";
import type { IconShape } from "../../ui/Icon.tsx";

type Absence = RunDetail["absences"][number];

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
    word: absenceWord({ kind, polls }),
    tone: kind === "missed" ? "unseen" : linkFaces[kind].tone,
    shape: absenceShapes[kind],
    from,
    to,
    duration: shortDuration(to - from),
    after: state === "" ? "—" : stateWord(state),
    reason: absenceReason({ failure }),
  }));
}
