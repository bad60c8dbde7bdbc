/** A pretend node in a thread of its own: it goes on answering while the thread of the test is blocked. */
import { Worker } from "node:worker_threads";
import * as z from "zod/mini";
import type { TestCertificate } from "./certificates.ts";
import { idle } from "./rig.ts";

/** Answers every question with an idle status, so long after it came, and counts them in shared memory. */
const script = `
  const { createServer } = require("node:https");
  const { parentPort, workerData } = require("node:worker_threads");
  const { cert, key, body, delays, seen } = workerData;
  const server = createServer({ cert, key }, (request, response) => {
    const delayMs = delays[Math.min(Atomics.add(seen, 0, 1), delays.length - 1)];
    setTimeout(() => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(body);
    }, delayMs);
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/** A node that answers while we can't. */
export type ServerThread = {
  readonly url: string;
  /** How many requests have reached it. */
  readonly seen: () => number;
  readonly close: () => Promise<unknown>;
};

/**
 * Starts it.
 *
 * @param delaysMs how long each answer takes, in the order of the questions; the last one holds for all that follow
 */
export async function startServerThread(
  { cert, key }: TestCertificate,
  delaysMs: readonly number[],
): Promise<ServerThread> {
  const seen = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(script, {
    eval: true,
    workerData: { cert, key, body: JSON.stringify(idle), delays: delaysMs, seen },
  });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once("message", (message) => resolve(z.number().parse(message)));
    worker.once("error", reject);
  });
  return {
    url: `https://127.0.0.1:${port}`,
    seen: () => Atomics.load(seen, 0),
    close: () => worker.terminate(),
  };
}
