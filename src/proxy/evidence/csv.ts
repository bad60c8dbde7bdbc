/** A run for a spreadsheet: CSV by RFC 4180, one table with a row for each thing that is told. */
import { visibleText } from "../../contract/clusterText.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { type Fact, factsOf, type ToldMoment } from "./facts.ts";
import { utcText, zonedText } from "./moments.ts";
import type { FoundRun } from "./recording.ts";

/** By it a spreadsheet knows that the text is UTF-8. */
const byteOrderMark = "\ufeff";

/**
 * Writes a run as CSV. Numbers stand alone in columns that end in `_ms`; a text that a spreadsheet would take for a
 * formula has an apostrophe before it.
 *
 * @param sha256 of the record, see `contract/recording.ts`
 * @param madeAt when
 */
export function runCsv(found: FoundRun, sha256: string, madeAt: EpochMs): string {
  const { zone } = found;
  const about: readonly Fact[] = [
    { what: "Made", text: "", from: { at: madeAt, bound: "exact" } },
    { what: "SHA-256 of the record", text: sha256 },
  ];
  const sections: Readonly<Record<string, readonly Fact[]>> = { ...factsOf(found), file: about };
  const rows = Object.entries(sections).flatMap(([section, facts]) =>
    facts.map((fact) => cells(section, fact, zone)),
  );
  const lines = [header(zone), ...rows].map((row) => row.map(cell).join(","));
  return `${byteOrderMark}${lines.join("\r\n")}\r\n`;
}

function header(zone: string): readonly string[] {
  return [
    "section",
    "what",
    "text",
    "basis",
    "from_utc",
    `from_${zone}`,
    "from_is",
    "to_utc",
    `to_${zone}`,
    "to_is",
    "length_ms",
    "at_least_ms",
    "at_most_ms",
    "measured_ms",
    "inferred_ms",
  ];
}

type Cell = string | number | null | undefined;

function cells(section: string, fact: Fact, zone: string): readonly Cell[] {
  const { what, text, basis, from, to, lengthMs, leastMs, mostMs, measuredMs, inferredMs } = fact;
  return [
    section,
    what,
    text,
    basis,
    ...moment(from, zone),
    ...moment(to, zone),
    lengthMs,
    leastMs,
    mostMs,
    measuredMs,
    inferredMs,
  ];
}

function moment(told: ToldMoment | undefined, zone: string): readonly Cell[] {
  return told === undefined
    ? ["", "", ""]
    : [utcText(told.at), zonedText(told.at, zone), told.bound];
}

/** What a spreadsheet would take for a formula, also after blanks, and in the wide forms that some of them fold. */
const formula = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

function cell(value: Cell): string {
  if (typeof value !== "string") {
    return value === undefined || value === null ? "" : String(value);
  }
  const visible = visibleText(value);
  const text = formula.test(visible) ? `'${visible}` : visible;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
