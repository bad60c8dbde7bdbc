import { describe, expect, it } from "vitest";
import { visibleText } from "../../contract/clusterText.ts";
import { Story } from "../../upgrade/testing/story.ts";
import { runCsv } from "./csv.ts";
import { eventfulRun, foundIn, hostile, now } from "./testing.ts";

/** Reads CSV as RFC 4180 has it. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let found = field.exec(text); found !== null; found = field.exec(text)) {
    const [, quoted, plain = "", end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\r\n") {
      rows.push(row);
      row = [];
    }
    if (field.lastIndex === text.length) {
      return rows;
    }
  }
  throw new Error("no CSV");
}

function told(text: string) {
  const [header = [], ...rows] = parse(text.replace(/^\ufeff/, ""));
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}

describe("a run as CSV", () => {
  const found = eventfulRun();
  const csv = runCsv(found, "ab".repeat(32), now);
  const rows = told(csv);
  const of = (section: string) => rows.filter((row) => row["section"] === section);

  it("is one table whose figures are those of the run", () => {
    expect(new Set(parse(csv.slice(1)).map((row) => row.length))).toEqual(new Set([15]));
    const { run } = found;
    expect(of("state").map((row) => [row["what"], row["basis"], row["measured_ms"]])).toEqual(
      run.states.map(({ inferred, measuredMs }, index) => [
        ["Preparing", "Committing", "Committed"][index],
        inferred ? "inferred" : "measured",
        inferred ? "" : String(measuredMs),
      ]),
    );
    expect(of("state").map((row) => row["at_most_ms"])).toEqual(
      run.states.map(({ mostMs }) => String(mostMs)),
    );
    expect(of("run").find(({ what }) => what === "From start to end")).toMatchObject({
      from_utc: "2026-11-23 12:01:00.000",
      "from_Europe/London": "2026-11-23 12:01:00.000 +00:00",
      from_is: "exact",
      length_ms: String((run.to ?? 0) - run.from),
      to_is: "by",
    });
    expect(of("absence")).toHaveLength(run.absences.length);
    expect(of("error")).toHaveLength(1);
    expect(of("oddity")[0]?.["text"]).toBe("The percent fell: 61 % to 40 %");
    const sampled = Object.fromEntries(of("sampling").map((row) => [row["what"], row]));
    expect(sampled["Polls"]?.["text"]).toBe(String(run.sampling.polls));
    expect(sampled["Inferred"]?.["length_ms"]).toBe(String(run.sampling.inferredMs));
    expect(of("file").at(-1)?.["text"]).toBe("ab".repeat(32));
    expect(of("setting")).toHaveLength(6);
  });

  it("keeps hostile texts within their cell, and lets none of them be a formula", () => {
    const texts = rows.flatMap((row) => Object.values(row));
    expect(texts.filter((text = "") => /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text))).toEqual([]);
    expect(of("run").find(({ what }) => what === "Name")?.["text"]).toBe("'=1+1 <b>|x");
    expect(of("error")[0]?.["text"]).toBe(`'${visibleText(hostile)}`);
    expect(of("note").map(({ text, what }) => [what, text])).toEqual([
      ["By noc", `'${visibleText(hostile)}`],
      ["By @ann, withdrawn by @ann", "'-2+3"],
    ]);
  });

  it.each(["=1", "+1", "-1", "@a", "\t=1", " =1", "＝1", "\n1"])("disarms %j", (name) => {
    const row = told(runCsv(foundIn(new Story().heard("preparing"), name), "", now)).find(
      ({ what }) => what === "Name",
    );
    expect(row?.["text"]).toBe(`'${name}`);
  });
});
