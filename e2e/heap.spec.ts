/** A process that has no memory left must end, so that whoever supervises it starts it anew. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures.ts";

test("a server whose heap is used up ends and says why, instead of living on by halves", () => {
  const data = mkdtempSync(join(tmpdir(), "upgrade-watch-heap-"));
  const program = ["dist/server/upgrade-watch.js", "--port", "0", "--data", data];
  const ended = spawnSync(process.execPath, ["--max-old-space-size=8", ...program], {
    encoding: "utf8",
    timeout: 30_000,
    killSignal: "SIGKILL",
  });
  rmSync(data, { recursive: true, force: true });
  expect(ended.signal).not.toBe("SIGKILL");
  expect(ended.status).not.toBe(0);
  expect(ended.stderr).toMatch(/^FATAL ERROR: .*JavaScript heap out of memory$/m);
});
