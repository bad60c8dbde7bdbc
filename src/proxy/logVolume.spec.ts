/** How much a log grows in an hour in which nothing goes well, written to a real file. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createLog } from "./log.ts";
import { refused, second, start, watching } from "./testing/watching.ts";
import { manualClock } from "./testing/manualClock.ts";
import { statusOf } from "./testing/scriptedCluster.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-watch-log-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const minute = 60 * second;
const hour = 60 * minute;

function logged() {
  const file = join(folder, "log");
  const clock = manualClock(start);
  const log = createLog({
    level: "info",
    scrub: (text) => text,
    clock,
    write: (line) => appendFileSync(file, line),
  });
  const lines = (): { msg: string; repeated?: number }[] =>
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  return { clock, log, lines, bytes: () => statSync(file).size };
}

it("stays small in an hour in which the same fault comes ten times a second, and counts each", async () => {
  const { clock, log, lines, bytes } = logged();
  const faults = 36_000;
  for (let index = 0; index < faults; index += 1) {
    log.error("history not read", { cluster: "lon", error: new Error("the disk is full") });
    if (index % 600 === 599) {
      // oxlint-disable-next-line no-await-in-loop
      await clock.pass(minute);
    }
  }
  log.flush();
  expect(lines().length).toBeLessThanOrEqual(61 + 1);
  expect(lines().reduce((told, { repeated = 1 }) => told + repeated, 0)).toBe(faults);
  expect(bytes()).toBeLessThan(256 * 1024);
});

it("stays small in an hour in which every other poll fails and the history can't be written", async () => {
  const { clock, log, bytes, lines } = logged();
  let asked = 0;
  const watched = watching({
    log,
    history: { record: () => Promise.reject(new Error("the disk is full")) },
  });
  watched.client.next = () => {
    asked += 1;
    return asked % 2 === 0 ? refused : statusOf("UPGRADE_STATE_PREPARING", Math.floor(asked / 40));
  };
  await watched.watch.start();
  for (let passed = 0; passed < hour; passed += minute) {
    // oxlint-disable-next-line no-await-in-loop
    await watched.clock.pass(minute);
    // oxlint-disable-next-line no-await-in-loop
    await clock.pass(minute);
  }
  log.flush();
  expect(asked).toBeGreaterThan(1000);
  expect(new Set(lines().map(({ msg }) => msg))).toEqual(
    new Set(["change", "history not written"]),
  );
  expect(bytes()).toBeLessThan(128 * 1024);
}, 60_000);
