/** `npm run simulator`: one pretend cluster for hand tests and other people's clients. */
import { runSimulator } from "./program.ts";

const outcome = await runSimulator(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
});

if (outcome.kind === "ended") {
  process.exitCode = outcome.exitCode;
} else {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void outcome.cluster.stop().then(() => process.exit(0));
    });
  }
}
