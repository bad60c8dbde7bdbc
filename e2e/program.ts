import { spawn } from "node:child_process";

/** How a program ended, and what it printed. */
export type Ending = { readonly code: number | null; readonly out: string; readonly error: string };

/** Runs the built program until it ends. */
export function runProgram(
  programArguments: readonly string[],
  environment: NodeJS.ProcessEnv = {},
) {
  return new Promise<Ending>((resolve) => {
    const child = spawn(process.execPath, ["dist/server/upgrade-watch.js", ...programArguments], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let error = "";
    child.stdout.on("data", (chunk: Buffer) => void (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => void (error += chunk.toString()));
    child.once("exit", (code) => resolve({ code, out, error }));
  });
}
