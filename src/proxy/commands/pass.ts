import { hostname } from "node:os";
import { valueAt } from "../../contract/configurationFault.ts";
import { displayName } from "../../contract/configurationValues.ts";
import type { Pass } from "../passes/passFile.ts";
import { createPass, listPasses, PassError, revokePass } from "../passes/passFolder.ts";
import { type Command, type CommandTools, readArguments, refused } from "./command.ts";
import { placeOf, placeOptions } from "./dataFolder.ts";

const helpText = `upgrade-watch pass create "NOC left"    makes a display pass and prints its address
upgrade-watch pass list                 shows the passes
upgrade-watch pass revoke ID            takes one back

A display pass lets one browser look, and no more, without a password and until it is revoked: for a wall display that
must not be signed out in mid-shift. Its address works once, within a day. A running server needs no restart.

  --config FILE   the server's configuration file, which names its data folder
  --data DIR      or the data folder itself (./data)

Exit codes: 0 done, 1 it can't be done, 2 it was asked for wrongly.
`;

/** `pass create|list|revoke`: display passes. */
export const pass: Command = async (argv, tools) => {
  const given = readArguments(argv, placeOptions);
  if (given.kind === "help") {
    tools.out(helpText);
    return 0;
  }
  if (given.kind === "faults") {
    return refused(given.faults, tools);
  }
  const [action, subject, ...others] = given.words;
  const asked = actionOf(action, subject, others);
  if (typeof asked === "string") {
    return refused([asked], tools);
  }
  const found = await placeOf(given.options, tools.folder);
  if (typeof found === "string") {
    return refused([found], tools);
  }
  try {
    await perform(asked, { dataFolder: found.dataFolder, url: urlOf(found.root) }, tools);
    return 0;
  } catch (error) {
    if (error instanceof PassError) {
      tools.error(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
};

type Action =
  | { readonly kind: "create"; readonly name: string }
  | { readonly kind: "list" }
  | { readonly kind: "revoke"; readonly id: string };

/** What is asked for, or what is wrong with it in a sentence. */
function actionOf(
  action: string | undefined,
  subject: string | undefined,
  others: readonly string[],
): Action | string {
  const isOne = subject !== undefined && others.length === 0;
  if (action === "create") {
    const name = displayName.safeParse(subject ?? "");
    return isOne && name.success
      ? { kind: "create", name: name.data }
      : 'Name the display in quotes, in at most 48 characters: upgrade-watch pass create "NOC left".';
  }
  if (action === "list" && subject === undefined) {
    return { kind: "list" };
  }
  if (action === "revoke" && isOne) {
    return { kind: "revoke", id: subject };
  }
  return 'Say what to do: pass create "NOC left", pass list, or pass revoke ID; see --help.';
}

/** Where the passes are, and where the server is reached as far as the configuration tells. */
type Place = { readonly dataFolder: string; readonly url: string };

function urlOf(root: unknown): string {
  const read = (...path: string[]): unknown => valueAt(root, ["server", ...path]);
  const text = (value: unknown, otherwise: string): string =>
    typeof value === "string" && value !== "" ? value : otherwise;
  const host = text(firstOf(read("hosts")), text(read("host"), "127.0.0.1"));
  const reached = host === "0.0.0.0" || host === "::" ? hostname() : host;
  const port = read("port");
  const scheme = read("tls") === undefined ? "http" : "https";
  const base = text(read("basePath"), "/").replace(/\/$/, "");
  const inUrl = reached.includes(":") ? `[${reached.replace(/^\[|\]$/g, "")}]` : reached;
  return `${scheme}://${inUrl}:${typeof port === "number" ? port : 4600}${base}`;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

async function perform(action: Action, place: Place, { out, now }: CommandTools): Promise<void> {
  switch (action.kind) {
    case "create": {
      const { id, secret } = await createPass(place.dataFolder, action.name, now());
      out(`Open this address on the display ${JSON.stringify(action.name)}, once, within a day:

  ${place.url}/pass/${secret}

It works once, and from then on that browser is let in to look, until: upgrade-watch pass revoke ${id}
Where the server is reached under another name, put that in front of /pass/.
`);
      return;
    }
    case "list":
      out(table(await listPasses(place.dataFolder)));
      return;
    case "revoke": {
      const { name, id } = await revokePass(place.dataFolder, action.id);
      out(`The pass ${id} of ${JSON.stringify(name)} is revoked; its display is let in no more.\n`);
    }
  }
}

function table(passes: readonly Pass[]): string {
  if (passes.length === 0) {
    return 'There is no display pass; upgrade-watch pass create "NOC left" makes one.\n';
  }
  const rows = passes.map(({ id, name, createdAt, opened }) => [
    id,
    minuteOf(createdAt),
    opened === null ? "not yet" : minuteOf(opened.at),
    name,
  ]);
  const lines = [["id", "made (UTC)", "opened (UTC)", "display"], ...rows];
  return `${lines.map(([id = "", made = "", opened = "", name = ""]) => `${id.padEnd(10)}${made.padEnd(18)}${opened.padEnd(18)}${name}`).join("\n")}\n`;
}

function minuteOf(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 16).replace("T", " ");
}
