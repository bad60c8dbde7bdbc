/**
 * So many viewers in a process of their own, so that its waiting for itself is not measured: each asks once a second, as
 * a page does, takes a compressed answer and reads it to its end.
 *
 * Arguments: the address, how many. Told "begin" by its parent it forgets what it measured so far, told "tell" it sends
 * `{ latenciesMs, failures }`.
 */
import { Agent, get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const [url = "", count = "0"] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
let latenciesMs = [];
let failures = 0;

function look() {
  return new Promise((resolve, reject) => {
    const headers = { "accept-encoding": "gzip, deflate, br, zstd" };
    get(url, { agent, headers }, (response) => {
      response.resume();
      response.once("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode))),
      );
    }).once("error", reject);
  });
}

async function watch() {
  await wait(Math.random() * 1000);
  for (;;) {
    const startedMs = performance.now();
    try {
      await look();
      latenciesMs.push(performance.now() - startedMs);
    } catch {
      failures += 1;
    }
    await wait(1000);
  }
}

process.on("message", (message) => {
  if (message === "begin") {
    latenciesMs = [];
    failures = 0;
  } else {
    process.send?.({ latenciesMs, failures });
  }
});
process.once("disconnect", () => process.exit());
for (let viewer = 0; viewer < Number(count); viewer += 1) {
  void watch();
}
