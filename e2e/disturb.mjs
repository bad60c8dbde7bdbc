/**
 * Loaded before the program by `--import`: sets its wall clock and blocks its event loop on demand, as an administrator
 * and a busy machine would. What to do is read from a file: `{ "clockMs": offset, "blockMs": once }`.
 */
import { readFileSync } from "node:fs";

const file = process.env["UPGRADE_WATCH_DISTURB"];
const realNow = Date.now.bind(Date);
let clockMs = 0;
let done = "";

Date.now = () => realNow() + clockMs;

setInterval(() => {
  const order = readFileSync(file, "utf8");
  if (order === done) {
    return;
  }
  done = order;
  const { blockMs = 0, ...rest } = JSON.parse(order);
  clockMs = rest.clockMs ?? clockMs;
  const until = performance.now() + blockMs;
  while (performance.now() < until) {
    // Nothing else of the program runs meanwhile.
  }
}, 20).unref();
