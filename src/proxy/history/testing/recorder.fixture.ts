/**
 * A program that records a span a percent for ever and says on standard output which are on disk, for tests that kill
 * it: `node recorder.js FOLDER FIRST BYTES`, where BYTES is the length of each error text.
 */
import { systemClock } from "../../clock.ts";
import { openHistory } from "../history.ts";
import { percentSpan } from "./spans.fixture.ts";

const [folder = "", first = "0", bytes = "0"] = process.argv.slice(2);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

// A limit on the size of files is told by a signal too, which would end the process.
process.on("SIGXFSZ", () => undefined);

const history = await openHistory({
  folder,
  workerUrl: new URL("./history-worker.js", import.meta.url),
  clock: systemClock,
  onProblem: (message) => say(`problem ${message}`),
  onRecovery: (message) => say(`recovery ${message}`),
  retryAfterMs: 20,
});
say("open");
for (let percent = Number(first); ; percent += 1) {
  const span = percentSpan(percent);
  const status = { ...span.status, error_info: "x".repeat(Number(bytes)) };
  // oxlint-disable-next-line no-await-in-loop
  await history.record("lon-prod-1", { kind: "append", spans: [{ ...span, status }] });
  say(`kept ${percent}`);
}
