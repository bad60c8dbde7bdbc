#!/usr/bin/env node
/** The program: reads what it is asked for, and does it. Side effects begin here. */
import { scrub } from "./cluster/secret.ts";
import type { Command } from "./commands/command.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { pass } from "./commands/pass.ts";
import { pin } from "./commands/pin.ts";
import { loadConfiguration } from "./configurationFile.ts";
import { collectOften } from "./garbage.ts";
import { HistoryInUseError } from "./history/history.ts";
import { ListenError } from "./http/listen.ts";
import { readOptions } from "./options.ts";
import { helpText } from "./optionsHelp.ts";
import { run } from "./run.ts";
import { version } from "../../package.json";

// A full disk, and a limit on the size of files, must not end a program whose log or output is on it.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);
process.on("SIGXFSZ", () => undefined);

collectOften();

const commands = new Map<string, Command>([
  ["pin", pin],
  ["pass", pass],
  ["export", exportCommand],
  ["import", importCommand],
]);

try {
  await main();
} catch (error) {
  const isForPeople = error instanceof ListenError || error instanceof HistoryInUseError;
  const words = isForPeople ? error.message : `Upgrade Watch can't start: ${String(error)}`;
  process.stderr.write(`${scrub(words)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const [first = "", ...rest] = process.argv.slice(2);
  const command = commands.get(first);
  if (command !== undefined) {
    process.exitCode = await command(rest, {
      out: (text) => void process.stdout.write(text),
      error: (text) => void process.stderr.write(scrub(text)),
      stream: () => process.stdout,
      folder: process.cwd(),
      now: () => Date.now(),
    });
    return;
  }
  const options = readOptions(process.argv.slice(2));
  switch (options.kind) {
    case "help":
      process.stdout.write(helpText);
      return;
    case "version":
      process.stdout.write(`${version}\n`);
      return;
    case "faults":
      refuse(options.faults);
      return;
    case "run": {
      const folder = process.cwd();
      const load = () => loadConfiguration(options, process.env, folder);
      const loaded = await load();
      if (!loaded.ok) {
        refuse(loaded.faults);
      } else if (options.checkOnly) {
        const count = loaded.configuration.clusters.length;
        process.stdout.write(`The configuration can be used: ${count} clusters.\n`);
      } else {
        await run(loaded.configuration, { load, isDataNamed: options.dataFolder !== null });
      }
    }
  }
}

function refuse(faults: readonly string[]): void {
  process.stderr.write(`${faults.map((fault) => scrub(fault)).join("\n")}\n`);
  process.exitCode = 2;
}
