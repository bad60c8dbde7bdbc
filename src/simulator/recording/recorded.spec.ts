import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { minute, second, Story } from "../../upgrade/testing/story.ts";
import { readRecording } from "./read.ts";
import { recordedTale } from "./recorded.ts";

it("is at each time what was heard then, and what failed fails in the same way", () => {
  const story = new Story().heard("idle").heard("preparing", minute, [0, 59]);
  story.error = "disk failure";
  story.heard("prepared", minute).silent(minute).silent(minute, {
    kind: "timeout",
    message: "no answer",
  });
  story.unwatched(minute);
  story.version = "7.2.3";
  story.error = null;
  story.heard("idle");
  const tale = recordedTale(story.spans);
  const at = (elapsedMs: number) => {
    const { state, progress, errorInfo, version, behaviour } = tale(elapsedMs);
    return [state.slice("UPGRADE_STATE_".length), progress, errorInfo, version, behaviour];
  };
  expect(at(-minute)).toEqual(["IDLE", null, null, "7.1.4", "answering"]);
  expect(at(31 * second)).toEqual(["PREPARING", 30, null, "7.1.4", "answering"]);
  expect(at(90 * second)).toEqual(["PREPARED", null, "disk failure", "7.1.4", "answering"]);
  expect(at(150 * second)[4]).toBe("refused");
  expect(at(210 * second)[4]).toBe("hang");
  expect(at(270 * second)[4]).toBe("hang");
  for (const late of [5 * minute + second, 90 * minute]) {
    expect(at(late)).toEqual(["IDLE", null, null, "7.2.3", "answering"]);
  }
  expect(tale(31 * second).settings).toEqual(story.settings);
});

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const sealed = (record: string, version = 1, hash = sha256(record)): string =>
  `{"format":"upgrade-watch-run","version":${version},"sha256":"${hash}","record":\n${record}\n}\n`;

it.each([
  ["hello", "is no recording of an upgrade"],
  ['{"format":"upgrade-watch-history","version":1}', "is no recording of an upgrade"],
  [sealed("{}", 2), "is of version 2 of the format; this release plays version 1"],
  [sealed("{}", 1, sha256("{ }")), "was changed since it was recorded"],
  [sealed("{}"), "is not as it should be at"],
])("is not read from %j", async (text, words) => {
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-recording-"));
  try {
    const path = join(folder, "run.json");
    writeFileSync(path, text);
    const fault = { ok: false, fault: expect.stringContaining(`${path} ${words}`) };
    expect(await readRecording(path)).toEqual(fault);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
