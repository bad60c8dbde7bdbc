/** `npm run simulator`: one pretend cluster for hand tests and other people's clients. */
import { parseArgs } from "node:util";
import { startCluster } from "./cluster.ts";
import { play, realClock } from "./player.ts";
import type { Scenario } from "./scenario.ts";
import { isScenarioName, scenarios } from "./scenarios.ts";

const usage = `Usage: npm run simulator -- [--scenario NAME] [--speed 60] [--port 8000] [--nodes 1]
                             [--token TOKEN] [--username NAME --password WORD]

One pretend Qumulo cluster over HTTPS on 127.0.0.1. --list names the scenarios.
`;

const options = {
  scenario: { type: "string", default: "instant" },
  speed: { type: "string", default: "1" },
  port: { type: "string", default: "8000" },
  nodes: { type: "string", default: "1" },
  token: { type: "string" },
  username: { type: "string" },
  password: { type: "string" },
  list: { type: "boolean" },
  help: { type: "boolean" },
} as const;

await main();

async function main(): Promise<void> {
  const given = readArguments();
  if (given.help === true) {
    process.stdout.write(usage);
    return;
  }
  const names = Object.entries<Scenario>(scenarios).map(
    ([name, { description }]) => `  ${name.padEnd(24)}${description}`,
  );
  if (given.list === true) {
    process.stdout.write(`${names.join("\n")}\n`);
    return;
  }
  const { scenario: scenarioName, token, username, password } = given;
  const speed = number("--speed", given.speed, 0.01, 100_000);
  const port = number("--port", given.port, 0, 65_535);
  const nodes = number("--nodes", given.nodes, 1, 32);
  if (!isScenarioName(scenarioName)) {
    return refuse(`There is no scenario "${scenarioName}". There are:\n${names.join("\n")}`);
  }
  const user =
    username === undefined || password === undefined ? {} : { user: { username, password } };
  const cluster = await startCluster({
    nodes,
    port,
    ...(token === undefined ? {} : { token }),
    ...user,
  }).catch((error: unknown) => {
    process.stderr.write(`Port ${port} can't be opened: ${String(error)}\n`);
    process.exit(1);
  });
  const end = await play(cluster, scenarios[scenarioName], realClock, speed);
  process.stdout.write(
    [
      `Playing "${scenarioName}" at ${speed}× on ${cluster.urls.join(", ")}`,
      `  token        ${cluster.token}`,
      `  fingerprint  ${cluster.fingerprint256()}`,
      "",
    ].join("\n"),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void end()
        .then(() => cluster.stop())
        .then(() => process.exit(0));
    });
  }
}

function readArguments() {
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function number(name: string, text: string, smallest: number, largest: number): number {
  const value = Number(text);
  return Number.isFinite(value) && value >= smallest && value <= largest
    ? value
    : refuse(`${name} takes a number from ${smallest} to ${largest}, not "${text}".`);
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
