/** A run for a change ticket, in Markdown. */
import { visibleText } from "../../contract/clusterText.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { outcomeWord } from "../../upgrade/words/particulars.ts";
import { versionsWords } from "../../upgrade/words/run.ts";
import { samplingWords } from "../../upgrade/words/sampling.ts";
import { type Fact, factsOf, type ToldMoment } from "./facts.ts";
import { exactLength, utcText, zonedText } from "./moments.ts";
import type { FoundRun } from "./recording.ts";

/**
 * Writes a run as Markdown that any ticket system shows, also one that knows no tables' alignment or HTML.
 *
 * @param sha256 of the record, see `contract/recording.ts`
 * @param madeAt when
 */
export function runMarkdown(found: FoundRun, sha256: string, madeAt: EpochMs): string {
  const { run, zone, simulated } = found;
  const facts = factsOf(found);
  const time = (at: EpochMs): string => inline(timeText(at, zone));
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ["Summary", table(["What", "Value", "When", "Exactly"], facts.run, zone, summaryRow)],
    ["States", table(stateColumns, facts.state, zone, stateRow)],
    [
      "Absences",
      table(["What", "From", "To", "Length", "Reason"], facts.absence, zone, absenceRow, [
        "It was heard all the time.",
      ]),
    ],
    [
      "Errors",
      quotes(
        facts.error,
        ({ from, to }) => `first seen ${told(from, zone)}, last seen ${told(to, zone)}`,
        ["It reported none."],
      ),
    ],
    [
      "Oddities",
      list(facts.oddity.map(({ text, from }) => `${told(from, zone)}: ${inline(text)}`)),
    ],
    [
      "Settings",
      table(["Setting", "Value"], facts.setting, zone, ({ what, text }) => [what, text], [
        "It reported no settings.",
      ]),
    ],
    [
      "Notes",
      run.notes === null
        ? ["They could not be read when this was made."]
        : quotes(
            facts.note,
            ({ from, to }) => `about ${told(from, zone)}, written ${told(to, zone)}`,
            ["There are none."],
          ),
    ],
    [
      "What this rests on",
      [
        inline(samplingWords(run)),
        "",
        ...table(["What", "Value", "Exactly"], facts.sampling, zone, (fact) => [
          fact.what,
          fact.text,
          lengthText(fact.lengthMs),
        ]),
      ],
    ],
    [
      "Record",
      [
        `SHA-256 of the record: \`${sha256}\``,
        "",
        `It is the second line of the JSON file of this upgrade: \`sed -n 2p FILE | tr -d '\\n' | sha256sum\` prints the same.`,
        "",
        `Made by Upgrade Watch, ${time(madeAt)}. "By" and "after" stand before a moment that was not heard itself; "inferred" marks what lies between two answers and was not heard.`,
      ],
    ],
  ];
  const title = `# ${simulated ? "Simulated upgrade" : "Upgrade"} of ${inline(run.name)}: ${inline(versionsWords(run))}`;
  const { words } = run.outcome;
  const word = outcomeWord(run);
  const outcome = words.startsWith(word) ? `**${inline(words)}**` : `**${word}.** ${inline(words)}`;
  const zones =
    zone === "UTC"
      ? "Times are in UTC."
      : `Times are in UTC, and in brackets in the site's zone, ${inline(zone)}.`;
  const body = sections.flatMap(([heading, lines]) =>
    lines.length === 0 ? [] : ["", `## ${heading}`, "", ...lines],
  );
  return `${[title, "", outcome, "", zones, ...body].join("\n")}\n`;
}

type Row = (fact: Fact, zone: string) => readonly string[];

function table(
  columns: readonly string[],
  facts: readonly Fact[],
  zone: string,
  row: Row,
  none: readonly string[] = [],
): readonly string[] {
  return facts.length === 0
    ? none
    : [columns, columns.map(() => "---"), ...facts.map((fact) => row(fact, zone).map(inline))].map(
        (cells) => `| ${cells.join(" | ")} |`,
      );
}

const summaryRow: Row = ({ what, text, from, to, lengthMs, leastMs, mostMs }, zone) => [
  what,
  text,
  from === undefined
    ? ""
    : to === undefined
      ? plain(from, zone)
      : `${plain(from, zone)} – ${plain(to, zone)}`,
  [lengthText(lengthMs), boundsText(leastMs, mostMs)].join(" ").trim(),
];

function boundsText(leastMs: number | undefined, mostMs: number | null | undefined): string {
  const bounds = [
    ...(leastMs === undefined ? [] : [`at least ${exactLength(leastMs)}`]),
    ...(mostMs === undefined || mostMs === null ? [] : [`at most ${exactLength(mostMs)}`]),
  ];
  return bounds.length === 0 ? "" : `(${bounds.join(", ")})`;
}

const stateColumns = [
  "State",
  "Basis",
  "From",
  "To",
  "Length",
  "At least",
  "At most",
  "Measured",
  "Inferred",
  "How sure",
];

const stateRow: Row = (fact, zone) => [
  fact.what,
  fact.basis ?? "",
  plain(fact.from, zone),
  fact.to === undefined ? "goes on" : plain(fact.to, zone),
  lengthText(fact.lengthMs),
  lengthText(fact.leastMs),
  lengthText(fact.mostMs),
  lengthText(fact.measuredMs),
  lengthText(fact.inferredMs),
  fact.text,
];

const absenceRow: Row = ({ what, from, to, lengthMs, text }, zone) => [
  what,
  plain(from, zone),
  plain(to, zone),
  lengthText(lengthMs),
  text,
];

function lengthText(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? "" : exactLength(ms);
}

/** Texts of several lines as they were written, each below a line that tells of what and when. */
function quotes(
  facts: readonly Fact[],
  when: (fact: Fact) => string,
  none: readonly string[],
): readonly string[] {
  return facts.length === 0
    ? none
    : facts.flatMap((fact, index) => [
        ...(index === 0 ? [] : [""]),
        `${inline(fact.what)}, ${when(fact)}:`,
        "",
        ...fenced(fact.text),
      ]);
}

function list(items: readonly string[]): readonly string[] {
  return items.map((item) => `- ${item}`);
}

function told(moment: ToldMoment | undefined, zone: string): string {
  return inline(plain(moment, zone));
}

function plain(moment: ToldMoment | undefined, zone: string): string {
  if (moment === undefined) {
    return "";
  }
  const bound = moment.bound === "exact" ? "" : `${moment.bound} `;
  return `${bound}${timeText(moment.at, zone)}`;
}

/** In UTC, and in brackets in the site's zone; its date only where that is another one. */
function timeText(at: EpochMs, zone: string): string {
  const utc = utcText(at);
  const local = zonedText(at, zone);
  const date = utc.slice(0, 11);
  return `${utc} UTC${zone === "UTC" ? "" : ` (${local.startsWith(date) ? local.slice(date.length) : local})`}`;
}

/**
 * A text on one line, in which nothing means anything to Markdown, HTML or what makes links and mentions of words: a
 * cluster's name or reason may hold anything.
 */
export function inline(text: string): string {
  return visibleText(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>#|~&!@$^]/g, (character) => `\\${character}`)
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/\b(www)\./gi, "$1\\.");
}

/** A text as it is, in a fence that is longer than any within it. */
export function fenced(text: string): readonly string[] {
  const visible = visibleText(text);
  const longest = Math.max(2, ...[...visible.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...visible.split("\n"), fence];
}
