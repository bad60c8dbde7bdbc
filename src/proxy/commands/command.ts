/** What the sub-commands share: `upgrade-watch <command> …` does one thing and ends. */
import { parseArgs } from "node:util";

/** What a command works with. */
export type CommandTools = {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** For what is no text. */
  readonly stream: () => NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** The working folder, from which paths start. */
  readonly folder: string;
  /** The present moment. */
  readonly now: () => number;
};

/** A sub-command. @returns the exit code: 0 done, 1 it did not work, 2 it was asked for wrongly */
export type Command = (argv: readonly string[], tools: CommandTools) => Promise<number>;

/** What followed a command, or what is wrong with it, in sentences. */
export type Arguments =
  | { readonly kind: "help" }
  | { readonly kind: "faults"; readonly faults: readonly string[] }
  | {
      readonly kind: "given";
      /** What belongs to no option, in order. */
      readonly words: readonly string[];
      readonly options: ReadonlyMap<string, string>;
    };

/**
 * Reads what followed a command.
 *
 * @param known the options that it has; each takes a value
 */
export function readArguments(argv: readonly string[], known: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      ...Object.fromEntries(known.map((name) => [name, { type: "string" } as const])),
      help: { type: "boolean", short: "h" },
    },
    // Not strict: the library would throw at the first fault.
    strict: false,
    tokens: true,
  });
  const words: string[] = [];
  const faults: string[] = [];
  const options = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === "positional") {
      words.push(token.value);
    } else if (token.kind === "option") {
      if (token.name === "help") {
        return { kind: "help" };
      }
      const value = token.inlineValue === false && token.value.startsWith("--") ? "" : token.value;
      if (!known.includes(token.name)) {
        faults.push(`There is no option ${JSON.stringify(`--${token.name}`)} here, see --help.`);
      } else if (value === undefined || value === "") {
        faults.push(`--${token.name} needs a value, see --help.`);
      } else if (options.has(token.name)) {
        faults.push(`--${token.name} is given more than once.`);
      } else {
        options.set(token.name, value);
      }
    }
  }
  return faults.length > 0 ? { kind: "faults", faults } : { kind: "given", words, options };
}

/** Prints faults, one a line. @returns the exit code */
export function refused(faults: readonly string[], { error }: CommandTools): number {
  error(`${faults.join("\n")}\n`);
  return 2;
}
