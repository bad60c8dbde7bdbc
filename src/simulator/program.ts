import { type SimulatedCluster, startCluster } from "./cluster.ts";
import { realClock, type SimulatorClock } from "./clock.ts";
import { type Command, readCommand } from "./commandLine.ts";

/** What the program works with besides its arguments. */
export type ProgramTools = {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly clock?: SimulatorClock;
};

/** How a start of the program came out: it has ended with this code, or a cluster is running. */
export type Outcome =
  | { readonly kind: "ended"; readonly exitCode: 0 | 1 | 2 }
  | { readonly kind: "running"; readonly cluster: SimulatedCluster };

/** Follows the command line: one pretend cluster that says where it is, or the reason why there is none. */
export async function runSimulator(args: readonly string[], tools: ProgramTools): Promise<Outcome> {
  const command = readCommand(args);
  switch (command.kind) {
    case "say":
      tools.print(command.text);
      return { kind: "ended", exitCode: 0 };
    case "refuse":
      tools.complain(command.message);
      return { kind: "ended", exitCode: 2 };
    case "play":
      return playScenario(command, tools);
  }
}

async function playScenario(
  command: Extract<Command, { readonly kind: "play" }>,
  { print, complain, clock = realClock }: ProgramTools,
): Promise<Outcome> {
  const { scenario, speed, port, nodes, token, users } = command;
  try {
    const cluster = await startCluster({
      scenario,
      speed,
      port,
      nodes,
      users,
      clock,
      ...(token === undefined ? {} : { token }),
    });
    print(`Playing ${scenario} at ${speed}× on ${cluster.urls.join(", ")}
  token        ${cluster.token}
  fingerprint  ${cluster.fingerprint256}
`);
    return { kind: "running", cluster };
  } catch (error) {
    complain(`${startFailure(error, port, nodes)}\n`);
    return { kind: "ended", exitCode: 1 };
  }
}

function startFailure(error: unknown, port: number, nodes: number): string {
  const ports = nodes === 1 ? `port ${port}` : `ports ${port} to ${port + nodes - 1}`;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Another program is using ${ports} of 127.0.0.1: stop it, or choose another with --port.`;
  }
  if (code === "EACCES") {
    return `This user may not listen on ${ports} of 127.0.0.1: choose another with --port.`;
  }
  return `The simulator can't listen on ${ports} of 127.0.0.1: ${error instanceof Error ? error.message : String(error)}`;
}
