/**
 * Loaded into a program before its own modules: makes the thread of its history hang like a disk that does not answer,
 * while there is a file `hang` beside the data folder: for five seconds at a time, or, where that is a pipe that nobody
 * writes to, inside the system, where nothing can end it.
 */
import { existsSync, openSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMainThread, parentPort, workerData } from "node:worker_threads";

if (!isMainThread && typeof workerData?.folder === "string") {
  const hang = join(dirname(workerData.folder), "hang");
  parentPort.on("message", () => {
    if (existsSync(hang)) {
      if (statSync(hang).isFIFO()) {
        openSync(hang, "r");
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000);
    }
  });
}
