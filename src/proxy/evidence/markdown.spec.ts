import { describe, expect, it } from "vitest";
import { second, Story } from "../../upgrade/testing/story.ts";
import { fenced, inline, runMarkdown } from "./markdown.ts";
import { exactLength, zonedText } from "./moments.ts";
import { eventfulRun, foundIn, now } from "./testing.ts";

/** The lines outside of fences: all that Markdown gives a meaning to. */
function outsideFences(text: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    const [mark] = /^`{3,}/.exec(line) ?? [];
    if (fence === null) {
      fence = mark ?? null;
      lines.push(...(mark === undefined ? [line] : []));
    } else if (line === fence) {
      fence = null;
    }
  }
  expect(fence).toBeNull();
  return lines;
}

describe("a run as Markdown", () => {
  const found = eventfulRun();
  const markdown = runMarkdown(found, "ab".repeat(32), now);
  const lines = markdown.split("\n");

  it("tells what the page does: states with their basis and bounds, errors, notes, sampling and hash", () => {
    const { run } = found;
    expect(lines[0]).toBe("# Upgrade of =1+1 \\<b\\>\\|x: 7.1.4 → 7.2.3");
    expect(lines[2]).toBe("**Upgraded.** Proven: idle on 7.2.3, as read from the cluster.");
    const [preparing, ...missed] = lines.filter((line) => /^\| (?:Prepar|Commit)\w+ \|/.test(line));
    const length = exactLength(run.states[0]?.measuredMs ?? 0);
    expect(preparing).toContain(
      `| Preparing | measured | 2026-11-23 12:01:00.000 UTC (12:01:00.000 +00:00) |`,
    );
    expect(preparing).toContain(` | ${length} | `);
    expect(missed.map((line) => line.slice(0, 25))).toEqual([
      "| Committing | inferred |",
      "| Committed | inferred | ",
    ]);
    expect(missed[0]).toContain("after 2026-11-23");
    expect(missed[0]).toContain("not seen; it must have been passed");
    expect(markdown).toContain("Cleared, first at Preparing 60 %, first seen 2026-11-23");
    expect(markdown).toContain("The percent fell: 61 % to 40 %");
    expect(markdown).toContain(`It rests on ${run.sampling.polls} polls`);
    expect(markdown).toContain(`| Inferred | 0 s | ${exactLength(run.sampling.inferredMs)} |`);
    expect(markdown).toContain(`SHA-256 of the record: \`${"ab".repeat(32)}\``);
    expect(markdown).toContain("By noc, about 2026-11-23 12:01:01.500 UTC");
    expect(markdown).toContain("By \\@ann, withdrawn by \\@ann, about");
  });

  it("lets no hostile text out of its fence or its cell", () => {
    const outside = outsideFences(markdown);
    // All that carries the hostile text lies within a fence.
    expect(outside.filter((line) => /HYPERLINK|onerror|evil/.test(line))).toEqual([]);
    const columns = (line: string) => line.split(/(?<!\\)\|/).length;
    const tables = outside.filter((line) => line.startsWith("|"));
    expect(tables.filter((line) => /(?<!\\)[<>]/.test(line))).toEqual([]);
    expect(new Set(tables.map(columns))).toEqual(new Set([4, 5, 6, 7, 12]));
    expect(markdown).not.toContain("\u202e");
  });

  it("says of what there is nothing, and of notes that can't be read", () => {
    const quiet = foundIn(new Story().heard("idle").heard("preparing", 5 * second, [0, 5]));
    const text = runMarkdown({ ...quiet, run: { ...quiet.run, notes: null } }, "", now);
    expect(text).toContain("**In flight.** It goes on.");
    expect(text).toContain("It was heard all the time.");
    expect(text).toContain("It reported none.");
    expect(text).toContain("They could not be read when this was made.");
    expect(text).toContain("| goes on |");
    expect(text).not.toContain("## Oddities");
    expect(text).not.toContain("imulated");
    const pretended = runMarkdown({ ...quiet, simulated: true }, "", now);
    expect(pretended).toContain("# Simulated upgrade of London");
  });
});

describe("a text in Markdown", () => {
  it("means nothing on a line", () => {
    expect(inline("# a | b\n- <c> [d](http://e) *f* _g_ `h` ~i~ @j &k; www.l \\")).toBe(
      "\\# a \\| b - \\<c\\> \\[d\\](http\\://e) \\*f\\* \\_g\\_ \\`h\\` \\~i\\~ \\@j \\&k; www\\.l \\\\",
    );
  });

  it("has a fence longer than any within it", () => {
    expect(fenced("a\n````\nb")).toEqual(["`````text", "a", "````", "b", "`````"]);
    expect(fenced("")).toEqual(["```text", "", "```"]);
  });
});

describe("moments and lengths", () => {
  it("are exact to the millisecond, in the zone's own offset", () => {
    const summer = Date.UTC(2026, 6, 1, 23, 30, 5, 7);
    expect(zonedText(summer, "Europe/London")).toBe("2026-07-02 00:30:05.007 +01:00");
    expect(zonedText(summer, "Asia/Kathmandu")).toBe("2026-07-02 05:15:05.007 +05:45");
    expect(zonedText(summer, "America/St_Johns")).toBe("2026-07-01 21:00:05.007 -02:30");
    expect(zonedText(summer, "UTC")).toBe("2026-07-01 23:30:05.007 +00:00");
    expect(exactLength(90_061_001)).toBe("25:01:01.001");
  });
});
