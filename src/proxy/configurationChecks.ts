/** What only this machine can tell of a configuration: whether files are there, and who may read them. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import type { Configuration } from "../contract/configuration.ts";
import type { ConfigurationFault } from "../contract/configurationFault.ts";
import { reasonOf } from "./fileReason.ts";

type NamedFile = { readonly path: string; readonly file: string; readonly secret: boolean };

/** Settings of the environment under which a start is refused, one sentence each. */
export function environmentFaults(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return environment["NODE_TLS_REJECT_UNAUTHORIZED"] === "0"
    ? [
        "environment: NODE_TLS_REJECT_UNAUTHORIZED is 0, which would trust every certificate; unset it, and name a CA file or a fingerprint for each cluster",
      ]
    : [];
}

/** What the configuration may say but this version can't do yet: refused, never ignored. */
export function versionFaults(configuration: Configuration): readonly ConfigurationFault[] {
  return configuration.server.viewers.kind === "known"
    ? [
        {
          path: "server.viewers",
          found: "users or trustedHeader, which this version can't check yet",
          allowed:
            "the word anyone, or nothing while server.host is a loopback address; a reverse proxy on the same machine can ask for passwords",
        },
      ]
    : [];
}

/** Every named file that is missing or unsafe, and every named environment variable that is not set. */
export async function fileFaults(
  configuration: Configuration,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly ConfigurationFault[]> {
  const found = await Promise.all(
    namedFiles(configuration).map((named) => faultOf(named, configuration.allowReadableSecrets)),
  );
  const variables = configuration.clusters.flatMap(({ auth }, index) =>
    auth.kind === "token-environment" && (environment[auth.name] ?? "").trim() === ""
      ? [
          {
            path: `clusters[${index}].auth.tokenEnv`,
            found: `${auth.name}, which is not set in the environment`,
            allowed: "a variable that holds the access token",
          },
        ]
      : [],
  );
  return [...found.filter((fault) => fault !== null), ...variables];
}

function namedFiles({ server, clusters }: Configuration): readonly NamedFile[] {
  const users = server.viewers.kind === "known" ? server.viewers.users : [];
  return [
    ...(server.tls === null
      ? []
      : [
          { path: "server.tls.cert", file: server.tls.certFile, secret: false },
          { path: "server.tls.key", file: server.tls.keyFile, secret: true },
        ]),
    ...users.map(({ name, passwordFile }) => ({
      path: `server.viewers.users.${name}.passwordFile`,
      file: passwordFile,
      secret: true,
    })),
    ...clusters.flatMap(({ auth, trust }, index) => {
      const path = `clusters[${index}]`;
      return [
        ...(auth.kind === "token-file"
          ? [{ path: `${path}.auth.tokenFile`, file: auth.path, secret: true }]
          : []),
        ...(auth.kind === "password"
          ? [{ path: `${path}.auth.passwordFile`, file: auth.passwordFile, secret: true }]
          : []),
        ...(trust.kind === "ca-file"
          ? [{ path: `${path}.tls.caFile`, file: trust.path, secret: false }]
          : []),
      ];
    }),
  ];
}

/** Others of the machine, neither its user nor its group. */
const othersRead = 0o004;

async function faultOf(
  { path, file, secret }: NamedFile,
  allowReadableSecrets: boolean,
): Promise<ConfigurationFault | null> {
  try {
    const { mode, size } = await readableFile(file);
    if (secret && !allowReadableSecrets && (mode & othersRead) !== 0) {
      return {
        path,
        found: `${file}, which everyone on this machine can read`,
        allowed: `a file that others can't read (chmod o-rwx), or allowReadableSecrets: true`,
      };
    }
    return size === 0
      ? { path, found: `${file}, which is empty`, allowed: "a file that holds what is named here" }
      : null;
  } catch (error) {
    return { path, found: `${file}: ${reasonOf(error)}`, allowed: "a file that can be read" };
  }
}

async function readableFile(file: string): Promise<{ mode: number; size: number | null }> {
  await access(file, constants.R_OK);
  const status = await stat(file);
  if (status.isDirectory()) {
    throw Object.assign(new Error("a folder"), { code: "EISDIR" });
  }
  // A pipe has no size of its own.
  return { mode: status.mode, size: status.isFile() ? status.size : null };
}
