import { describe, expect, it } from "vitest";
import { byAttention } from "../shell/order.ts";
import { summary } from "../shell/summary.fixture.ts";
import { defaultParameters, type FleetParameters } from "./parameters.ts";
import { offersOf, select } from "./select.ts";

const london = summary({ id: "lon", name: "London", labels: { wave: "2" }, ticket: "CHG1" });
const paris = summary({
  id: "par",
  name: "Paris",
  labels: { wave: "10" },
  state: "UPGRADE_STATE_PREPARING",
  verdict: "failed",
  attention: "act",
  upgradeType: "SOFTWARE_ONLY",
  fromVersion: "7.1.4",
  targetVersion: "Qumulo Core 7.2.3",
  errorInfo: "Disk 4 is gone",
});
const oslo = summary({ id: "osl", name: "Oslo", verdict: "running" });
const fleet = [london, paris, oslo];

function shown(parameters: Partial<FleetParameters>): readonly string[] {
  const { sections } = select(byAttention(fleet), { ...defaultParameters, ...parameters });
  return sections.flatMap(({ clusters }) => clusters.map(({ id }) => id));
}

describe("what is shown of a fleet", () => {
  it("is all of it, in the order given", () => {
    expect(shown({})).toEqual(["par", "osl", "lon"]);
  });

  it.each([
    ["a name", { search: "PAR" }, ["par"]],
    ["an error's words in any order", { search: "gone disk" }, ["par"]],
    ["a ticket", { search: "chg1" }, ["lon"]],
    ["a label", { search: "wave:10" }, ["par"]],
    ["a target", { search: "7.2.3" }, ["par"]],
    ["nothing", { search: "nowhere" }, []],
    ["a version", { version: "7.2.3" }, ["par"]],
    ["a type", { type: "SOFTWARE_ONLY" }, ["par"]],
    ["verdicts", { verdicts: ["idle", "running"] }, ["osl", "lon"]],
  ] as const)("is what fits %s", (_, parameters, ids) => {
    expect(shown(parameters)).toEqual(ids);
  });

  it("counts what the choice of verdicts leaves out, so that it can be chosen", () => {
    const { counted, shown: left } = select(fleet, { ...defaultParameters, verdicts: ["failed"] });
    expect([counted.length, left]).toEqual([3, 1]);
  });

  it("is grouped by a label, ten after two, and those without it at the end", () => {
    const { sections } = select(fleet, { ...defaultParameters, group: "wave" });
    expect(sections.map(({ value }) => value)).toEqual(["2", "10", null]);
  });

  it("keeps a group whole for its figures where filters leave only a part", () => {
    const both = [london, { ...london, id: "ldn", name: "Londinium" }];
    const parameters = { ...defaultParameters, group: "wave", search: "londinium" };
    const [section] = select(both, parameters).sections;
    expect([section?.clusters.length, section?.whole.length]).toEqual([1, 2]);
  });
});

it("offers the versions, types and labels that there are", () => {
  expect(offersOf(fleet)).toEqual({
    versions: ["7.1.4", "7.2.3"],
    types: ["SOFTWARE_ONLY"],
    labels: ["wave"],
  });
});
