/** What the specs of the commands share. */
import { PassThrough } from "node:stream";
import type { Command } from "./command.ts";

/** Runs a command. @returns its exit code and what it printed */
export async function runCommand(command: Command, argv: readonly string[], folder = "/") {
  let out = "";
  let error = "";
  const code = await command(argv, {
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    stream: () => new PassThrough().resume(),
    folder,
    now: () => Date.UTC(2026, 10, 23, 18),
  });
  return { code, out, error };
}
