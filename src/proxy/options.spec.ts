import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

const nothing = {
  kind: "run",
  configurationFile: null,
  clusters: [],
  host: null,
  port: null,
  dataFolder: null,
  checkOnly: false,
};
const plain = {
  name: null,
  nodes: ["https://a:8000"],
  fingerprints: [],
  caFile: null,
  insecure: false,
};

function faults(...argv: string[]): readonly string[] {
  const options = readOptions(argv);
  return options.kind === "faults" ? options.faults : [];
}

describe("readOptions", () => {
  it("asks for nothing when nothing is given", () => {
    expect(readOptions([])).toEqual(nothing);
  });

  it("reads the server's options, with = or without", () => {
    expect(
      readOptions([
        "--config",
        "a.yaml",
        "--host=::1",
        "--port",
        "0",
        "--data",
        "d",
        "--check-config",
      ]),
    ).toEqual({
      ...nothing,
      configurationFile: "a.yaml",
      host: "::1",
      port: 0,
      dataFolder: "d",
      checkOnly: true,
    });
  });

  it("gives each trust to the cluster before it", () => {
    const options = readOptions([
      ..."--cluster lon=https://a:8000,https://b:8000 --fingerprint AA --fingerprint BB".split(" "),
      ..."--cluster https://c:8000 --ca ca.pem --cluster https://d:8000 --insecure-tls".split(" "),
      ..."--cluster https://e:8000".split(" "),
    ]);
    expect(options).toEqual({
      ...nothing,
      clusters: [
        {
          ...plain,
          name: "lon",
          nodes: ["https://a:8000", "https://b:8000"],
          fingerprints: ["AA", "BB"],
        },
        { ...plain, nodes: ["https://c:8000"], caFile: "ca.pem" },
        { ...plain, nodes: ["https://d:8000"], insecure: true },
        { ...plain, nodes: ["https://e:8000"] },
      ],
    });
  });

  it("takes no = in an address for a name", () => {
    expect(readOptions(["--cluster", "https://a:8000/?x=y"])).toMatchObject({
      clusters: [{ name: null, nodes: ["https://a:8000/?x=y"] }],
    });
  });

  it.each([
    [["--help"], "help"],
    [["-h", "--nonsense"], "help"],
    [["--version"], "version"],
    [["-v"], "version"],
  ])("%j asks for %s", (argv, kind) => {
    expect(readOptions(argv)).toEqual({ kind });
  });

  it("refuses a token on the command line, with the reason and without repeating it", () => {
    const told = [faults("--token", "canary"), faults("--token=canary")];
    for (const [fault, ...others] of told) {
      expect(others).toEqual([]);
      expect(fault).toContain("UPGRADE_WATCH_TOKEN");
      expect(fault).not.toContain("canary");
    }
  });

  it.each([
    [["--ca", "a", "--cluster", "https://a"], "--ca belongs to the --cluster before it"],
    [["--config", "a", "--cluster", "https://a"], "--config and --cluster exclude each other"],
    [["--port", "many"], "--port is"],
    [["--port"], "--port needs a value"],
    [["--config", "--check-config"], "--config needs a value"],
    [["--config="], "--config needs a value"],
    [["--check-config=yes"], "--check-config takes no value"],
    [["--config", "a", "--config", "b"], "--config is given more than once"],
    [["--cluster", "https://a", "--ca", "a", "--ca", "b"], "--ca is given more than once"],
    [["--verbose"], 'There is no option "--verbose"'],
    [["serve"], 'An argument belongs to no option: "serve"'],
  ])("refuses %j", (argv, beginning) => {
    expect(faults(...argv).some((fault) => fault.startsWith(beginning))).toBe(true);
  });

  it("lists every fault at once", () => {
    expect(faults("--verbose", "--port", "x", "--fingerprint", "AA")).toHaveLength(3);
  });
});
