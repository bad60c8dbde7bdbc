import { describe, expect, it } from "vitest";
import { summary } from "../shell/summary.fixture.ts";
import { addressWords, meantBy, wallParameters } from "./parameters.ts";

describe("a wall's address", () => {
  it("says nothing by default", () => {
    expect(wallParameters("")).toEqual({
      clusters: null,
      labels: [],
      rotateMs: 20_000,
      title: "",
      zoom: 1,
      isQuiet: false,
      ignored: [],
    });
  });

  it("names clusters, labels, pace, title, size and quiet", () => {
    expect(
      wallParameters(
        "?clusters=a,%20b,,&rotate=45s&title=Storage%20upgrades&label=site:london,site:paris&label=wave:2&zoom=1.5&quiet&zone=utc",
      ),
    ).toEqual({
      clusters: ["a", "b"],
      labels: [
        { key: "site", value: "london" },
        { key: "site", value: "paris" },
        { key: "wave", value: "2" },
      ],
      rotateMs: 45_000,
      title: "Storage upgrades",
      zoom: 1.5,
      isQuiet: true,
      ignored: [],
    });
  });

  it.each([
    ["90", 90_000],
    ["2m", 120_000],
    ["1.5min", 90_000],
    ["10ms", 3000],
    ["9999m", 3_600_000],
  ])("turns pages %j every %d ms", (rotate, rotateMs) => {
    expect(wallParameters(`?rotate=${rotate}`)).toMatchObject({ rotateMs, ignored: [] });
  });

  it.each([
    ["quiet=1", true],
    ["quiet=Yes", true],
    ["quiet=0", false],
    ["quiet=no", false],
  ])("is quiet or not by %s", (text, isQuiet) => {
    expect(wallParameters(`?${text}`)).toMatchObject({ isQuiet, ignored: [] });
  });

  it.each([
    "rotate=-5s",
    "rotate=soon",
    "rotate=",
    "zoom=9",
    "zoom=0.4",
    "zoom=1e0",
    "zoom=NaN",
    "quiet=perhaps",
    "zone=mars",
    "label=london",
    "label=:london",
    "label=site:",
  ])("tells that it ignores %s", (text) => {
    expect(wallParameters(`?${text}`)).toEqual({ ...wallParameters(""), ignored: [text] });
  });

  it("tells of parameters that a wall does not have, each once", () => {
    expect(wallParameters("?cluster=a&cluster=b&lable=x").ignored).toEqual(["cluster", "lable"]);
  });
});

const clusters = [
  summary({ id: "lon", labels: { site: "london", wave: "1" } }),
  summary({ id: "lon-2", labels: { site: "london", wave: "2" } }),
  summary({ id: "par", labels: { site: "paris", wave: "2" } }),
  summary({ id: "old" }),
];

it.each([
  ["", ["lon", "lon-2", "par", "old"]],
  ["clusters=old,lon", ["lon", "old"]],
  ["label=site:london", ["lon", "lon-2"]],
  ["label=site:london,site:paris", ["lon", "lon-2", "par"]],
  ["label=site:london&label=wave:2", ["lon-2"]],
  ["label=wave:2&clusters=lon,par", ["par"]],
  ["label=constructor:x", []],
  ["label=malformed", ["lon", "lon-2", "par", "old"]],
])("an address with %j means %j", (search, ids) => {
  expect(meantBy(wallParameters(search), clusters).map(({ id }) => id)).toEqual(ids);
});

describe("what of an address leads nowhere", () => {
  const told = (search: string) => addressWords(wallParameters(search), clusters);

  it("is told", () => {
    expect(told("clusters=lon,nope&label=site:rome,wave:2&rotate=soon&zoom=9")).toEqual([
      "not configured: nope",
      "no cluster is site:rome",
      "ignored: rotate=soon, zoom=9",
    ]);
    expect(told("clusters=lon&label=wave:2")).toEqual([]);
  });

  it("is cut where it is long, and counted where it is much", () => {
    expect(told(`clusters=${"n".repeat(300)}`)[0]).toHaveLength(57);
    expect(told("clusters=1,2,3,4,5")).toEqual(["not configured: 1, 2, 3 and 2 more"]);
  });

  it("waits until it is known which clusters there are", () => {
    const address = wallParameters("clusters=nope&label=site:rome&zoom=9");
    expect(addressWords(address, undefined)).toEqual(["ignored: zoom=9"]);
  });
});
