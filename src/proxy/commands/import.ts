import { resolve } from "node:path";
import { clusterId } from "../../contract/configurationValues.ts";
import { HistoryInUseError, reasonOf } from "../history/errors.ts";
import { TransferError } from "../transfer/transferError.ts";
import { type Command, type CommandTools, readArguments, refused } from "./command.ts";
import { placeOf, placeOptions } from "./dataFolder.ts";
import { counted } from "./words.ts";

const helpText = `upgrade-watch import history.ndjson.gz

Reads what upgrade-watch export has written into a data folder, an empty one or one with a history. No server may be
running on it. All of the file is taken, or nothing: where it is cut off, damaged or of a newer format, nothing changes.

What is there already is recognised, so that a file may be imported twice. What was heard stays as it is: only times of
which nothing is known are filled.

  --as OLD=NEW     a cluster gets another id, for instance the one that it has in this configuration (OLD=NEW,…)
  --config FILE    the server's configuration file, which names its data folder
  --data DIR       or the data folder itself (./data)

Exit codes: 0 done, 1 it can't be done, 2 it was asked for wrongly.
`;

/** `import FILE`: reads a file into a history. */
export const importCommand: Command = async (argv, tools) => {
  const given = readArguments(argv, ["as", ...placeOptions]);
  if (given.kind === "help") {
    tools.out(helpText);
    return 0;
  }
  if (given.kind === "faults") {
    return refused(given.faults, tools);
  }
  const [file, ...others] = given.words;
  if (file === undefined || others.length > 0) {
    return refused(["Name one file: upgrade-watch import history.ndjson.gz."], tools);
  }
  const renamed = renamedBy(given.options.get("as"));
  if (typeof renamed === "string") {
    return refused([renamed], tools);
  }
  const place = await placeOf(given.options, tools.folder);
  if (typeof place === "string") {
    return refused([place], tools);
  }
  try {
    const path = resolve(tools.folder, file);
    // Only here: the driver of the history is not loaded by a server's start, which has it in a thread of its own.
    const { importHistory } = await import("../transfer/importing.ts");
    const imported = await importHistory(place.dataFolder, {
      path,
      name: file,
      renamed,
      now: tools.now(),
    });
    tell(imported, tools);
    return 0;
  } catch (error) {
    const words =
      error instanceof TransferError || error instanceof HistoryInUseError
        ? error.message
        : `The history in ${place.dataFolder} can't be changed: ${reasonOf(error)}.`;
    tools.error(`${words} Nothing was imported.\n`);
    return 1;
  }
};

type Imports = Awaited<ReturnType<typeof import("../transfer/importing.ts").importHistory>>;

function tell(imported: Imports, { out }: CommandTools): void {
  for (const { cluster, added, known, left, notes } of imported) {
    const remarks = [
      ...(known > 0 ? [`${counted(known, "record")} there already`] : []),
      ...(left > 0 ? [`${counted(left, "record")} left out, as that time is on record`] : []),
      ...(notes > 0 ? [counted(notes, "note")] : []),
    ];
    const more = remarks.length > 0 ? ` (${remarks.join("; ")})` : "";
    out(`${cluster}: ${counted(added, "record")} imported${more}.\n`);
  }
  out(`${counted(imported.length, "cluster")} read. Start the server to see them.\n`);
}

/** New ids by old ones, or what is wrong in a sentence. */
function renamedBy(text: string | undefined): ReadonlyMap<string, string> | string {
  const renamed = new Map<string, string>();
  for (const pair of text === undefined ? [] : text.split(",")) {
    const [source = "", target = "", ...others] = pair.split("=");
    const isPair = clusterId.safeParse(source).success && clusterId.safeParse(target).success;
    if (!isPair || others.length > 0 || renamed.has(source)) {
      return `--as ${JSON.stringify(pair)} can't be used: give the old and the new id of a cluster, such as lon=lon-prod-1.`;
    }
    renamed.set(source, target);
  }
  return renamed;
}
