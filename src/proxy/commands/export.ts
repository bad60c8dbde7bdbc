import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { codeOf } from "../errorCode.ts";
import { TransferError } from "../transfer/transferError.ts";
import { version } from "../../../package.json";
import { type Command, readArguments, refused } from "./command.ts";
import { placeOf, placeOptions } from "./dataFolder.ts";
import { counted, momentOf } from "./words.ts";

const helpText = `upgrade-watch export history.ndjson.gz     writes the history to a file
upgrade-watch export - | ssh other …       or to standard output

Takes the history along: to another machine, to a report of a problem, or away before it is too old to be kept. It may be
done while the server runs. The file is lines of JSON, compressed by gzip, and ends with their SHA-256.
upgrade-watch import reads it.

  --clusters A,B   only these clusters
  --from TIME      only from then on, such as 2026-11-01 or 2026-11-01T08:00:00Z
  --to TIME        only until then; an upgrade is taken whole where a part of it lies within
  --config FILE    the server's configuration file, which names its data folder
  --data DIR       or the data folder itself (./data)

Exit codes: 0 done, 1 it can't be done, 2 it was asked for wrongly.
`;

/** `export FILE`: writes a history to a file. */
export const exportCommand: Command = async (argv, tools) => {
  const given = readArguments(argv, ["clusters", "from", "to", ...placeOptions]);
  if (given.kind === "help") {
    tools.out(helpText);
    return 0;
  }
  if (given.kind === "faults") {
    return refused(given.faults, tools);
  }
  const { options } = given;
  const [file, ...others] = given.words;
  if (file === undefined || others.length > 0) {
    return refused(
      ["Name one file: upgrade-watch export history.ndjson.gz, or - for output."],
      tools,
    );
  }
  const [from, to] = [momentOf(options, "from"), momentOf(options, "to")];
  if (typeof from === "string" || typeof to === "string") {
    return refused(
      [from, to].filter((words) => typeof words === "string"),
      tools,
    );
  }
  const place = await placeOf(options, tools.folder);
  if (typeof place === "string") {
    return refused([place], tools);
  }
  const isOutput = file === "-";
  const path = resolve(tools.folder, file);
  if (isOutput && tools.stream().isTTY === true) {
    return refused(["What is written is compressed: name a file, or pipe it on."], tools);
  }
  const part = `${path}.part`;
  const exported = { clusters: 0, spans: 0, notes: 0, unreadable: 0 };
  try {
    if (!isOutput && existsSync(path)) {
      throw new TransferError(`There is a file ${file} already; name another.`);
    }
    // Only here: the driver of the history is not loaded by a server's start, which has it in a thread of its own.
    const { exportedText } = await import("../transfer/exporting.ts");
    const clusters = options.get("clusters")?.split(",") ?? null;
    const request = { clusters, from, to, now: tools.now(), release: version };
    const text = Readable.from(exportedText(place.dataFolder, request, exported));
    const target = isOutput ? tools.stream() : createWriteStream(part, { mode: 0o600 });
    await pipeline(text, createGzip(), target, { end: !isOutput });
    if (!isOutput) {
      await rename(part, path);
    }
  } catch (error) {
    if (!isOutput) {
      await rm(part, { force: true });
    }
    const code = codeOf(error);
    if (error instanceof TransferError || code !== "") {
      const words =
        error instanceof TransferError ? error.message : `${file} can't be written (${code}).`;
      tools.error(`${words}\n`);
      return 1;
    }
    throw error;
  }
  const { clusters, spans, notes, unreadable } = exported;
  tools.error(
    `Exported ${counted(clusters, "cluster")}: ${counted(spans, "record")} and ${counted(notes, "note")}.\n`,
  );
  if (unreadable > 0) {
    tools.error(
      `${counted(unreadable, "record")} could not be read, being damaged: that time reads as not observed.\n`,
    );
  }
  return 0;
};
