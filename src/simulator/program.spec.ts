import { describe, expect, it } from "vitest";
import { readCommand } from "./commandLine.ts";
import { type Outcome, runSimulator } from "./program.ts";
import { statusPath } from "./situation.ts";
import { ask } from "./testing/ask.ts";
import { handClock } from "./testing/clock.ts";

async function run(...args: string[]): Promise<Outcome & { printed: string; complained: string }> {
  let printed = "";
  let complained = "";
  const outcome = await runSimulator(args, {
    print: (text) => (printed += text),
    complain: (text) => (complained += text),
    clock: handClock(),
  });
  return { ...outcome, printed, complained };
}

describe("the arguments", () => {
  it("have defaults", () => {
    expect(readCommand([])).toEqual({
      kind: "play",
      recording: null,
      scenario: "instant",
      speed: 1,
      port: 8000,
      nodes: 1,
      token: undefined,
      users: {},
    });
  });

  it("are read", () => {
    const args =
      "--scenario two-phase --speed 0.5 --port 0 --nodes 3 --token t --username u --password p";
    expect(readCommand(args.split(" "))).toEqual({
      kind: "play",
      recording: null,
      scenario: "two-phase",
      speed: 0.5,
      port: 0,
      nodes: 3,
      token: "t",
      users: { u: "p" },
    });
  });

  it("are refused with every fault at once", () => {
    const args = "--speed fast --port 80.5 --nodes 9 --username u".split(" ");
    const command = readCommand([...args, "--token", ""]);
    expect(command).toMatchObject({ kind: "refuse" });
    expect(command.kind === "refuse" && command.message.trim().split("\n")).toEqual([
      '--speed takes a number from 0.01 to 100000, not "fast".',
      '--port takes a whole number from 0 to 65535, not "80.5".',
      '--nodes takes a whole number from 1 to 4, not "9".',
      "--username and --password go together.",
      "--token must not be empty.",
    ]);
  });
});

describe("the program", () => {
  it("ends with 2 and names the scenarios when asked for one that there is not", async () => {
    const { complained, ...outcome } = await run("--scenario", "constructor");
    expect(outcome).toMatchObject({ kind: "ended", exitCode: 2, printed: "" });
    expect(complained).toContain('There is no scenario "constructor"');
    expect(complained).toContain("platform-rolling");
  });

  it("ends with 1 in a sentence when a recording is not there, and plays it or a scenario", async () => {
    expect(await run("--recording", "none.json")).toMatchObject({
      kind: "ended",
      exitCode: 1,
      complained: expect.stringContaining("none.json can't be read: ENOENT"),
    });
    expect(await run("--recording", "none.json", "--scenario", "instant")).toMatchObject({
      exitCode: 2,
      complained: "--recording and --scenario don't go together.\n",
    });
  });

  it("ends with 2 and shows its usage when it does not know an option", async () => {
    const { complained, ...outcome } = await run("--sped", "3");
    expect(outcome).toMatchObject({ kind: "ended", exitCode: 2 });
    expect(complained).toMatch(/--sped[^]*Usage: npm run simulator/);
  });

  it.each([
    ["--list", "rolling-stops-on-error"],
    ["--help", "Usage: npm run simulator"],
  ])("%s says what there is and ends with 0", async (option, text) => {
    const { printed, ...outcome } = await run(option);
    expect(outcome).toMatchObject({ kind: "ended", exitCode: 0, complained: "" });
    expect(printed).toContain(text);
  });

  it("says where it is and how to be trusted, and ends with 1 in one sentence when its port is taken", async () => {
    const first = await run("--port", "0", "--token", "t");
    if (first.kind !== "running") {
      throw new Error(first.complained);
    }
    const [url = ""] = first.cluster.urls;
    try {
      expect(first.printed).toContain(url);
      expect(first.printed).toContain(first.cluster.fingerprint256);
      expect((await ask(`${url}${statusPath}`, { token: "t" })).status).toBe(200);
      const { port } = new URL(url);
      expect(await run("--port", port)).toMatchObject({
        kind: "ended",
        exitCode: 1,
        printed: "",
        complained: `Another program is using port ${port} of 127.0.0.1: stop it, or choose another with --port.\n`,
      });
    } finally {
      await first.cluster.stop();
    }
  });
});
