/**
 * A program that polls one address and tells what it took: `node poller.js URL FINGERPRINT`. It first polls so often that
 * its memory has settled, says `warm`, waits for a line on standard input, and polls once more.
 */
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { systemClock } from "../../clock.ts";
import { openCluster } from "../cluster.ts";
import { rememberSecret } from "../secret.ts";
import { kindOf, messageOf, patientMs } from "./rig.ts";

const warmUpPolls = 120;

const [url = "", sha256 = ""] = process.argv.slice(2);
// Where a secret is known, every body is searched for it.
rememberSecret("canary-of-the-poller");
const cluster = openCluster(
  {
    clusterName: null,
    nodes: [url],
    auth: { kind: "none" },
    trust: { kind: "fingerprint", sha256: [sha256] },
  },
  { clock: systemClock, userAgent: "upgrade-watch/test" },
);
for (let polls = 0; polls < warmUpPolls; polls += 1) {
  // oxlint-disable-next-line no-await-in-loop
  await cluster.pollStatus(patientMs);
}
process.stdout.write("warm\n");
await once(process.stdin, "data");
globalThis.gc?.();
forgetPeak();
const before = process.memoryUsage.rss();
const poll = await cluster.pollStatus(patientMs);
const riseBytes = Math.max(peakBytes(), process.memoryUsage.rss()) - before;
const heard = [`${kindOf(poll)} ${messageOf(poll)}`.trim()];
process.stdout.write(`${JSON.stringify({ riseBytes, heard })}\n`);
process.exit(0);

/** Linux alone can begin to count the peak anew; what lies between two samples would else be missed. */
function forgetPeak(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // Elsewhere the peak of the whole life is all there is, which is of no use.
  }
}

function peakBytes(): number {
  try {
    const [, kibibytes = "0"] =
      /VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return Number(kibibytes) * 1024;
  } catch {
    return 0;
  }
}
