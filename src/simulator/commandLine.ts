import { parseArgs } from "node:util";
import type { Scenario } from "./scenario.ts";
import { isScenarioName, type ScenarioName, scenarios } from "./scenarios.ts";

/** What the command line asks for, or why it can't be followed. */
export type Command =
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "refuse"; readonly message: string }
  | {
      readonly kind: "play";
      /** The file of a recorded upgrade is played in place of a scenario. */
      readonly recording: string | null;
      readonly scenario: ScenarioName;
      readonly speed: number;
      readonly port: number;
      readonly nodes: number;
      /** Undefined lets the cluster make one up. */
      readonly token: string | undefined;
      readonly users: Readonly<Record<string, string>>;
    };

const usage = `Usage: npm run simulator -- [--scenario NAME] [--speed 60] [--port 8000] [--nodes 1] [--token TOKEN]
                             [--username NAME --password WORD]
       npm run simulator -- --recording run.json [--speed 60] …

One pretend Qumulo cluster over HTTPS on 127.0.0.1; --port 0 picks a free port, and further nodes take the ports
after it. --recording plays an upgrade that was downloaded as JSON, once, from when it is first asked. --list names the scenarios, --help says this.
`;

const mostNodesOfRecording = 16;

const options = {
  scenario: { type: "string" },
  recording: { type: "string" },
  speed: { type: "string", default: "1" },
  port: { type: "string", default: "8000" },
  nodes: { type: "string", default: "1" },
  token: { type: "string" },
  username: { type: "string" },
  password: { type: "string" },
  list: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Reads the arguments after the program's name. */
export function readCommand(args: readonly string[]): Command {
  const given = parsed(args);
  if (typeof given === "string") {
    return { kind: "refuse", message: `${given}\n\n${usage}` };
  }
  const { recording = null, token, username, password } = given;
  const scenario = given.scenario ?? "instant";
  if (given.help || given.list) {
    return { kind: "say", text: given.help ? usage : `${scenarioList()}\n` };
  }
  if (!isScenarioName(scenario)) {
    return {
      kind: "refuse",
      message: `There is no scenario "${scenario}". There are:\n${scenarioList()}\n`,
    };
  }
  const mostNodes = recording === null ? scenarios[scenario].nodes : mostNodesOfRecording;
  const faults = [
    ...numberFault("--speed", given.speed, 0.01, 100_000),
    ...numberFault("--port", given.port, 0, 65_535, "whole number"),
    ...numberFault("--nodes", given.nodes, 1, mostNodes, "whole number"),
    ...(recording !== null && given.scenario !== undefined
      ? ["--recording and --scenario don't go together."]
      : []),
    ...(recording === "" ? ["--recording needs a file."] : []),
    ...((username === undefined) === (password === undefined)
      ? []
      : ["--username and --password go together."]),
    ...(token === "" ? ["--token must not be empty."] : []),
  ];
  if (faults.length > 0) {
    return { kind: "refuse", message: `${faults.join("\n")}\n` };
  }
  return {
    kind: "play",
    recording,
    scenario,
    speed: Number(given.speed),
    port: Number(given.port),
    nodes: Number(given.nodes),
    token,
    users: username === undefined || password === undefined ? {} : { [username]: password },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function scenarioList(): string {
  return Object.entries<Scenario>(scenarios)
    .map(([name, { description }]) => `  ${name.padEnd(24)}${description}`)
    .join("\n");
}

function numberFault(
  name: string,
  text: string,
  smallest: number,
  largest: number,
  kind: "number" | "whole number" = "number",
): string[] {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const suits = kind === "number" || Number.isInteger(value);
  return suits && value >= smallest && value <= largest
    ? []
    : [`${name} takes a ${kind} from ${smallest} to ${largest}, not "${text}".`];
}
