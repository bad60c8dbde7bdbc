/** What the configuration mentions outside itself. Read from the raw file, so that other faults in it hide none of it. */
import { valueAt, writtenPath } from "./configurationFault.ts";

/** A file or an environment variable that the configuration names, with the path of the place that names it. */
export type Mention = {
  readonly path: string;
  readonly kind: "certificate-file" | "key-file" | "secret-file" | "variable";
  /** As written: a file's path is not resolved yet. */
  readonly name: string;
};

type Path = readonly (string | number)[];

const clusterMentions = [
  [["auth", "tokenFile"], "secret-file"],
  [["auth", "passwordFile"], "secret-file"],
  [["auth", "tokenEnv"], "variable"],
  [["tls", "caFile"], "certificate-file"],
] as const;

/** Every file and variable that the configuration names, in its order. */
export function mentions(root: unknown): readonly Mention[] {
  const clusters = valueAt(root, ["clusters"]);
  const users = valueAt(root, ["server", "viewers", "users"]);
  const names = typeof users === "object" && users !== null ? Object.keys(users) : [];
  return [
    ...mention(root, ["server", "tls", "cert"], "certificate-file"),
    ...mention(root, ["server", "tls", "key"], "key-file"),
    ...names.flatMap((name) =>
      mention(root, ["server", "viewers", "users", name, "passwordFile"], "secret-file"),
    ),
    ...(Array.isArray(clusters) ? [...clusters.keys()] : []).flatMap((index) =>
      clusterMentions.flatMap(([path, kind]) => mention(root, ["clusters", index, ...path], kind)),
    ),
  ];
}

function mention(root: unknown, path: Path, kind: Mention["kind"]): readonly Mention[] {
  const name = valueAt(root, path);
  return typeof name === "string" ? [{ path: writtenPath(path), kind, name }] : [];
}
