/** The example alerts name metrics that there are, and use the words of the pages. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod/mini";
import { verdictFaces } from "../../upgrade/verdictFace.ts";
import { verdicts } from "../../upgrade/verdictNames.ts";
import { clusterFamilies } from "./clusterFamilies.ts";
import { programFamilies } from "./programFamilies.ts";

const annotations = z.object({ summary: z.string(), description: z.string() });
const rule = z.object({
  alert: z.string(),
  expr: z.string(),
  labels: z.object({ severity: z.enum(["critical", "warning"]) }),
  annotations,
});
const text = readFileSync("docs/prometheus/upgrade-watch.rules.yml", "utf8");
const { groups } = z
  .object({ groups: z.array(z.object({ rules: z.array(rule) })) })
  .parse(parse(text));
const rules = groups.flatMap((group) => group.rules);
const tests = readFileSync("docs/prometheus/upgrade-watch.rules.test.yml", "utf8");

describe("the example alerts", () => {
  it("rest on metrics that there are", () => {
    const known = new Set([...clusterFamilies, ...programFamilies].map(({ name }) => name));
    const used = rules.flatMap(({ expr }) => expr.match(/upgrade_watch_\w+/g) ?? []);
    expect(used.length).toBeGreaterThan(rules.length);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  it("call every verdict what its tile calls it", () => {
    const said = [...text.matchAll(/eq \$labels\.verdict "(\w+)" \}\}([^{]+)\{\{/g)];
    expect(said.length).toBeGreaterThan(8);
    for (const [, name, word] of said) {
      const verdict = verdicts.find((one) => one === name);
      expect([name, word]).toEqual([name, verdict && verdictFaces[verdict].word]);
    }
    expect(text).toContain(`: ${verdictFaces.waiting.word}`);
  });

  it("are each seen to fire by a test of their own", () => {
    const untested = rules.filter(
      ({ alert }) => !new RegExp(`alertname: ${alert}\\n\\s+exp_alerts:\\n`).test(tests),
    );
    expect(untested.map(({ alert }) => alert)).toEqual([]);
  });
});
