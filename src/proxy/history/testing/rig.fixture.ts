import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { systemClock } from "../../clock.ts";
import { openHistory } from "../history.ts";
import type { History, HistoryOptions } from "../history.ts";
import { buildHistory } from "./build.fixture.ts";
import type { BuiltHistory } from "./build.fixture.ts";
import { percentSpan } from "./spans.fixture.ts";

/** The real history, as it is shipped, on a fresh folder in each test. */
export type HistoryRig = {
  built: BuiltHistory;
  folder: string;
  /** What was told as a problem. */
  problems: string[];
  /** Opens it in that folder, unless `more` says otherwise. */
  readonly open: (more?: Partial<HistoryOptions>) => Promise<History>;
};

/** Sets a rig up for all tests of a file. */
export function historyRig(): HistoryRig {
  const rig: HistoryRig = {
    built: { workerUrl: new URL("file:///"), recorderPath: "", remove: () => undefined },
    folder: "",
    problems: [],
    open: (more = {}) =>
      openHistory({
        folder: rig.folder,
        workerUrl: rig.built.workerUrl,
        clock: systemClock,
        onProblem: (message) => rig.problems.push(message),
        ...more,
      }),
  };
  beforeAll(async () => {
    rig.built = await buildHistory();
  }, 60_000);
  afterAll(() => rig.built.remove());
  beforeEach(() => {
    rig.folder = mkdtempSync(join(tmpdir(), "upgrade-watch-"));
    rig.problems = [];
  });
  afterEach(() => rmSync(rig.folder, { recursive: true }));
  return rig;
}

/** A change that appends a span a percent. */
export function append(...percents: readonly number[]) {
  return { kind: "append" as const, spans: percents.map((percent) => percentSpan(percent)) };
}
