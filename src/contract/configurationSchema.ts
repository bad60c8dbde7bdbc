/** The shape of the configuration file; `configuration.ts` turns it into domain terms. */
import * as z from "zod/mini";
import {
  addressBlock,
  basePath,
  hostName,
  nodeAddress,
  origin,
  webAddress,
} from "./configurationHosts.ts";
import {
  clusterId,
  displayName,
  environmentName,
  filePath,
  fingerprint,
  flag,
  interval,
  moment,
  retentionAge,
  retentionSize,
  secretFilePath,
  shortText,
  timeout,
  zone,
} from "./configurationValues.ts";

/** A mapping in which an unknown key is a fault that names the known ones. */
function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `only ${keys}` : `a mapping with the keys ${keys}`,
  });
}

function listOf<Item extends z.core.$ZodType>(item: Item, least: number, most: number) {
  const allowed = `a list of ${least} to ${most} entries`;
  return z
    .array(item, { error: allowed })
    .check(z.minLength(least, allowed), z.maxLength(most, allowed));
}

const portRule = "a whole number from 0 to 65535; 0 picks a free port";
const port = z
  .number({ error: portRule })
  .check(z.refine((value) => Number.isInteger(value) && value >= 0 && value <= 65_535, portRule));

const userNames = z
  .string()
  .check(z.regex(/^[^:\p{Cc}]{1,64}$/u, "a user's name of 1 to 64 characters without a colon"));
const users = z
  .record(userNames, mapping({ passwordFile: secretFilePath }), {
    error: (issue) =>
      issue.code === "invalid_key"
        ? "a user's name of 1 to 64 characters without a colon"
        : "a mapping of user names, each with its passwordFile",
  })
  .check(z.refine((value) => Object.keys(value).length > 0, "at least one user"));

const headerRule = "the name of a header, such as x-forwarded-user";
const trustedHeader = mapping({
  name: z.string({ error: headerRule }).check(z.regex(/^[A-Za-z0-9-]{1,64}$/, headerRule)),
  from: listOf(addressBlock, 1, 100),
});

const viewers = z.union(
  [
    z.literal("anyone"),
    mapping({ users: z.optional(users), trustedHeader: z.optional(trustedHeader) }),
  ],
  { error: "the word anyone, or a mapping with the keys users, trustedHeader" },
);

const server = mapping({
  host: z.prefault(hostName, "127.0.0.1"),
  port: z.prefault(port, 4600),
  basePath: z.prefault(basePath, "/"),
  hosts: z.prefault(listOf(hostName, 0, 100), []),
  frameAncestors: z.prefault(listOf(origin, 0, 100), []),
  tls: z.optional(mapping({ cert: filePath, key: filePath })),
  viewers: z.optional(viewers),
});

const auth = mapping({
  tokenFile: z.optional(secretFilePath),
  tokenEnv: z.optional(environmentName),
  username: z.optional(shortText),
  passwordFile: z.optional(secretFilePath),
});

const fingerprints = z.union([fingerprint, listOf(fingerprint, 1, 2)], {
  error: "a SHA-256 fingerprint of 64 hexadecimal digits in quotes, or a list of up to two",
});

const clusterTls = mapping({
  caFile: z.optional(filePath),
  serverName: z.optional(hostName),
  fingerprint256: z.optional(fingerprints),
  insecure: z.optional(flag),
});

const labelName = z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,62}$/));
const labels = z.record(labelName, shortText, {
  error: (issue) =>
    issue.code === "invalid_key"
      ? "a label's name of letters, digits, _, . and -, at most 63, that begins with a letter"
      : "a mapping of labels to texts",
});

const cluster = mapping({
  id: clusterId,
  name: z.optional(displayName),
  clusterName: z.optional(shortText),
  nodes: listOf(nodeAddress, 1, 100),
  auth: z.optional(auth),
  tls: z.optional(clusterTls),
  labels: z.prefault(labels, {}),
  window: z.optional(mapping({ end: moment })),
  zone: z.optional(zone),
  runbook: z.optional(webAddress),
  contact: z.optional(shortText),
  ticket: z.optional(shortText),
});

const defaultRetention = { age: "400d", size: "2GB" };
const defaultPoll = { active: "1s", idle: "5s", timeout: "5s" };

/** The whole file. A value that is left out gets its default. */
export const fileSchema = mapping({
  server: z.prefault(server, {}),
  data: z.prefault(filePath, "./data"),
  retention: z.prefault(
    mapping({
      age: z.prefault(retentionAge, defaultRetention.age),
      size: z.prefault(retentionSize, defaultRetention.size),
    }),
    {},
  ),
  poll: z.prefault(
    mapping({
      active: z.prefault(interval, defaultPoll.active),
      idle: z.prefault(interval, defaultPoll.idle),
      timeout: z.prefault(timeout, defaultPoll.timeout),
    }),
    {},
  ),
  zone: z.optional(zone),
  allowReadableSecrets: z.prefault(flag, false),
  clusters: z.prefault(listOf(cluster, 0, 10_000), []),
});

/** The file after every single value was checked and read. */
export type FileValues = z.output<typeof fileSchema>;
