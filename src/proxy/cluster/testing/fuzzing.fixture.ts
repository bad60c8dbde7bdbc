/**
 * `npm run fuzz -- --cases N --seed S --minutes M`: damages replies and reads them for as long as told, 100,000 of them
 * unless told otherwise. Prints the seed, the processor time, and the smallest reply that is read wrongly.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { fuzzedReplies } from "../../../contract/testing/replies.ts";
import { faultOf } from "./fuzz.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({ options: { cases: text, seed: text, minutes: text } });
const whole = (name: string, given: string | undefined): number | undefined => {
  if (given !== undefined && !/^\d{1,9}$/.test(given)) {
    process.stderr.write(`--${name} is a whole number, not ${given}.\n`);
    process.exit(2);
  }
  return given === undefined ? undefined : Number(given);
};
const minutes = whole("minutes", values.minutes);
const cases = whole("cases", values.cases) ?? (minutes === undefined ? 100_000 : Infinity);
const seed = whole("seed", values.seed) ?? Math.floor(Math.random() * 2 ** 31);
const round = 5000;

process.stdout.write(`Seed ${seed}\n`);
const endsAt = minutes === undefined ? Infinity : performance.now() + minutes * 60_000;
let slowestMs = 0;
let done = 0;
let slowest = "";
while (done < cases && performance.now() < endsAt) {
  const result = fc.check(
    fc.property(fuzzedReplies, (reply) => {
      let fault: string | null = null;
      let tookMs = Infinity;
      // What took long is read again: a collection of garbage or a compilation may have fallen into it.
      for (let attempt = 0; attempt < 3 && tookMs > slowestMs; attempt += 1) {
        const before = process.cpuUsage();
        fault = faultOf(reply);
        const { user, system } = process.cpuUsage(before);
        tookMs = Math.min(tookMs, (user + system) / 1000);
      }
      if (tookMs > slowestMs) {
        slowestMs = tookMs;
        slowest = `${reply.bytes.length} bytes`;
      }
      if (fault !== null) {
        throw new Error(fault);
      }
    }),
    // Each round has its own seed, so that a round can be had again without those before it.
    { seed: seed + done, numRuns: Math.min(round, cases - done) },
  );
  if (result.failed) {
    const [reply] = result.counterexample ?? [];
    const bytes = reply === undefined ? "" : Buffer.from(reply.bytes).toString("base64");
    process.stdout.write(
      `FAILED after ${done + result.numRuns} replies: ${String(result.errorInstance)}\n` +
        `Again: npm run fuzz -- --seed ${seed + done} --cases ${round}\n` +
        `Headers: ${JSON.stringify(reply?.headers)}, in pieces of ${reply?.pieceBytes} bytes\n` +
        `The smallest such reply, in base64:\n${bytes}\n`,
    );
    process.exit(1);
  }
  done += result.numRuns;
}
process.stdout.write(
  `${done} replies read without a fault; the most processor time of one: ${slowestMs.toFixed(1)} ms (${slowest}).\n`,
);
