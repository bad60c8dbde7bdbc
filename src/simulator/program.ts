import type { RunRecording } from "../contract/recording.ts";
import { type SimulatedCluster, startCluster, startRecording } from "./cluster.ts";
import { realClock, type SimulatorClock } from "./clock.ts";
import { shortText } from "../contract/clusterText.ts";
import { type Command, readCommand } from "./commandLine.ts";
import { readRecording } from "./recording/read.ts";

const longestName = 63;

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
  const { recording: file, scenario, speed, port, nodes, token, users } = command;
  const read = file === null ? null : await readRecording(file);
  if (read?.ok === false) {
    complain(`${read.fault}\n`);
    return { kind: "ended", exitCode: 1 };
  }
  const recording = read?.recording ?? null;
  try {
    const options = { speed, port, nodes, users, clock, ...(token === undefined ? {} : { token }) };
    const cluster =
      recording === null
        ? await startCluster({ ...options, scenario })
        : await startRecording({ ...options, recording });
    const what =
      recording === null
        ? `Playing ${scenario} at ${speed}×`
        : `${recordingWords(recording)}\nPlaying it at ${speed}×, once, as soon as somebody asks,`;
    print(`${what} on ${cluster.urls.join(", ")}
  token        ${cluster.token}
  fingerprint  ${cluster.fingerprint256}
`);
    return { kind: "running", cluster };
  } catch (error) {
    complain(`${startFailure(error, port, nodes)}\n`);
    return { kind: "ended", exitCode: 1 };
  }
}

function recordingWords({ record }: RunRecording): string {
  const { run, spans, cluster } = record;
  const unwatched = spans.some(({ kind }) => kind === "unobserved")
    ? " Where nobody watched, what was heard before goes on."
    : "";
  return `The upgrade ${run.id} of ${shortText(cluster, longestName)} in ${spans.length} records.${unwatched}`;
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
