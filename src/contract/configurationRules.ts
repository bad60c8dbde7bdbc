/** Rules over several values at once. They read the raw file, so that they are told together with all other faults. */
import { isLoopback } from "./configurationHosts.ts";
import {
  describeFound,
  valueAt,
  writtenPath,
  type ConfigurationFault,
} from "./configurationFault.ts";

type Path = readonly (string | number)[];

/** Every fault that only shows when values are seen together. */
export function ruleFaults(root: unknown): readonly ConfigurationFault[] {
  return [...serverFaults(root), ...reservedFaults(root), ...clustersFaults(root)];
}

function has(root: unknown, path: Path): boolean {
  return valueAt(root, path) !== undefined;
}

function serverFaults(root: unknown): readonly ConfigurationFault[] {
  const host = valueAt(root, ["server", "host"]) ?? "127.0.0.1";
  const viewers = valueAt(root, ["server", "viewers"]);
  if (typeof viewers === "object" && viewers !== null && Object.keys(viewers).length === 0) {
    return [
      {
        path: "server.viewers",
        found: "an empty mapping",
        allowed: "users, trustedHeader or both; or the word anyone",
      },
    ];
  }
  if (typeof host !== "string" || isLoopback(host.toLowerCase())) {
    return [];
  }
  if (viewers === undefined || viewers === null) {
    return [
      {
        path: "server.viewers",
        found: `nothing, while server.host is ${describeFound(host)}`,
        allowed:
          "users or trustedHeader, or the word anyone, wherever other machines can reach the server",
      },
    ];
  }
  if (has(root, ["server", "viewers", "users"]) && !has(root, ["server", "tls"])) {
    return [
      {
        path: "server.tls",
        found: `nothing, while server.viewers.users has passwords and server.host is ${describeFound(host)}`,
        allowed: "cert and key: passwords may leave this machine over HTTPS only",
      },
    ];
  }
  return [];
}

function reservedFaults(root: unknown): readonly ConfigurationFault[] {
  return has(root, ["database"])
    ? [
        {
          path: "database",
          found: "a reserved key",
          allowed: "nothing yet: this version keeps its history in the folder named by data",
        },
      ]
    : [];
}

function clustersFaults(root: unknown): readonly ConfigurationFault[] {
  const clusters = valueAt(root, ["clusters"]);
  if (!Array.isArray(clusters)) {
    return [];
  }
  const firstWithId = new Map<string, number>();
  return clusters.flatMap((cluster: unknown, index) => {
    const id = valueAt(cluster, ["id"]);
    const faults = [...authFaults(cluster, index), ...trustFaults(cluster, index)];
    if (typeof id === "string") {
      const first = firstWithId.get(id);
      if (first === undefined) {
        firstWithId.set(id, index);
      } else {
        faults.push({
          path: writtenPath(["clusters", index, "id"]),
          found: `${describeFound(id)}, which clusters[${first}] has too`,
          allowed: "an id of its own for every cluster",
        });
      }
    }
    return faults;
  });
}

function authFaults(cluster: unknown, index: number): ConfigurationFault[] {
  const path = writtenPath(["clusters", index, "auth"]);
  const auth = valueAt(cluster, ["auth"]);
  if (typeof auth !== "object" || auth === null) {
    return [];
  }
  const hasUser = has(auth, ["username"]);
  const hasPassword = has(auth, ["passwordFile"]);
  const ways = [has(auth, ["tokenFile"]), has(auth, ["tokenEnv"]), hasUser || hasPassword];
  if (ways.filter(Boolean).length !== 1) {
    return [
      {
        path,
        found: ways.some(Boolean) ? "several ways to sign in" : "no way to sign in",
        allowed: "one of tokenFile, tokenEnv, or username with passwordFile",
      },
    ];
  }
  if (hasUser !== hasPassword) {
    return [
      {
        path,
        found: hasUser ? "username without passwordFile" : "passwordFile without username",
        allowed: "username and passwordFile together",
      },
    ];
  }
  return [];
}

function trustFaults(cluster: unknown, index: number): ConfigurationFault[] {
  const path = writtenPath(["clusters", index, "tls"]);
  const tls = valueAt(cluster, ["tls"]);
  const named = [
    ...(has(tls, ["caFile"]) ? ["caFile"] : []),
    ...(has(tls, ["fingerprint256"]) ? ["fingerprint256"] : []),
    ...(valueAt(tls, ["insecure"]) === true ? ["insecure"] : []),
  ];
  if (named.length > 1) {
    return [
      {
        path,
        found: named.join(" and "),
        allowed: "one of caFile, fingerprint256 or insecure: true",
      },
    ];
  }
  if (has(tls, ["serverName"]) && named.length === 1 && named[0] !== "caFile") {
    return [
      {
        path: `${path}.serverName`,
        found: `serverName with ${named.join()}, which checks no name`,
        allowed: "serverName with caFile, or alone with the system's certificate authorities",
      },
    ];
  }
  return [];
}
