import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildPrograms } from "../../testing/built.fixture.ts";

/** The history as it is shipped: a worker and a program in plain JavaScript. */
export type BuiltHistory = {
  readonly workerUrl: URL;
  /** Path of the built `recorder.fixture.ts`. */
  readonly recorderPath: string;
  readonly remove: () => void;
};

/** Builds the worker and the recorder. */
export async function buildHistory(): Promise<BuiltHistory> {
  const { folder, remove } = await buildPrograms({
    "history-worker": "src/proxy/history/worker.ts",
    recorder: "src/proxy/history/testing/recorder.fixture.ts",
  });
  return {
    workerUrl: pathToFileURL(join(folder, "history-worker.js")),
    recorderPath: join(folder, "recorder.js"),
    remove,
  };
}
