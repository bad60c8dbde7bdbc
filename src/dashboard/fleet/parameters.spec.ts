import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdicts } from "../../upgrade/verdictNames.ts";
import {
  columns,
  defaultParameters,
  fleetParameters,
  isFiltered,
  laneHours,
  toggled,
  withParameters,
} from "./parameters.ts";

const read = (address: string) => fleetParameters(new URLSearchParams(address));

describe("the fleet's address", () => {
  it("means everything where it says nothing", () => {
    expect(read("")).toEqual(defaultParameters);
    expect(isFiltered(read(""))).toBe(false);
  });

  it("is read word by word, and what no one knows is ignored", () => {
    expect(read("verdict=outage,nope,failed&hours=7&columns=heard,odd&group=%20&q=lon")).toEqual({
      ...defaultParameters,
      verdicts: ["failed", "outage"],
      columns: ["heard"],
      search: "lon",
    });
  });

  it("keeps what is not the fleet's, and leaves out what is usual", () => {
    const before = new URLSearchParams("zone=utc&hours=24");
    expect(withParameters(before, defaultParameters).toString()).toBe("zone=utc");
  });

  it("can be handed on whole", () => {
    const word = fc.option(fc.string({ minLength: 1 }).filter((text) => text.trim() === text));
    const parameters = fc.record({
      search: fc.string(),
      verdicts: fc.subarray([...verdicts]),
      version: word,
      type: word,
      group: word,
      columns: fc.subarray([...columns]),
      hours: fc.constantFrom(...laneHours),
    });
    fc.assert(
      fc.property(parameters, (given) => {
        const address = withParameters(new URLSearchParams(), given).toString();
        expect(read(address)).toEqual(given);
      }),
    );
  });
});

it("puts an entry in and takes it out again, in the order of all", () => {
  expect(toggled(["a", "b", "c"], ["c"], "a")).toEqual(["a", "c"]);
  expect(toggled(["a", "b", "c"], ["a", "c"], "a")).toEqual(["c"]);
});
