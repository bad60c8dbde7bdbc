import type * as z from "zod/mini";

/** One thing in the configuration that can't be used. */
export type ConfigurationFault = {
  /** Where: the path in the file, e.g. `clusters[2].tls.caFile`; empty for the file as a whole. */
  readonly path: string;
  /** What stands there; never a secret. */
  readonly found: string;
  /** What may stand there instead. */
  readonly allowed: string;
};

type PathPart = PropertyKey;

const shownCharacters = 60;

/** The path as people write it: `clusters[2].tls.caFile`. */
export function writtenPath(parts: readonly PathPart[]): string {
  let path = "";
  for (const part of parts) {
    if (typeof part === "number") {
      path += `[${part}]`;
    } else {
      path += path === "" ? String(part) : `.${String(part)}`;
    }
  }
  return path;
}

/** One fault on one line, e.g. `server.port: found 70000; allowed is a whole number from 0 to 65535`. */
export function faultLine(fault: ConfigurationFault): string {
  const place = fault.path === "" ? "" : `${fault.path}: `;
  return `${place}found ${fault.found}; allowed is ${fault.allowed}`;
}

/** The faults without repetition: of several at one path the last one holds. */
export function onePerPath(faults: readonly ConfigurationFault[]): readonly ConfigurationFault[] {
  return [...new Map(faults.map((fault) => [fault.path, fault])).values()];
}

/**
 * Every issue that a schema reported, as faults.
 *
 * @param root the value that was checked, from which `found` is told
 */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  root: unknown,
): readonly ConfigurationFault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, root, []));
}

function faultsOfIssue(
  issue: z.core.$ZodIssue,
  root: unknown,
  prefix: readonly PathPart[],
): readonly ConfigurationFault[] {
  const parts = [...prefix, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: writtenPath([...parts, key]),
      found: "an unknown key",
      allowed: issue.message,
    }));
  }
  if (issue.code === "invalid_union") {
    const branch = issue.errors.find((issues) => !issues.some(rejectsWhole));
    if (branch !== undefined) {
      return branch.flatMap((inner) => faultsOfIssue(inner, root, parts));
    }
  }
  const secret = parts.some((part) => part === "auth" || part === "users");
  return [
    {
      path: writtenPath(parts),
      found: describeFound(valueAt(root, parts), secret),
      allowed: issue.message,
    },
  ];
}

/** Whether an alternative did not fit at all, rather than in a detail. */
function rejectsWhole(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && issue.code !== "unrecognized_keys";
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(root: unknown, parts: readonly PathPart[]): unknown {
  let value = root;
  for (const part of parts) {
    if (typeof value !== "object" || value === null) {
      return undefined;
    }
    value = Object.getOwnPropertyDescriptor(value, part)?.value;
  }
  return value;
}

/**
 * What was found, in words for people.
 *
 * @param secret true where a password or token may stand by mistake: its text is not repeated
 */
export function describeFound(value: unknown, secret = false): string {
  if (value === undefined) {
    return "nothing";
  }
  if (value === null) {
    return "an empty value";
  }
  if (typeof value === "string") {
    if (secret) {
      return `a text of ${value.length} characters (not repeated here)`;
    }
    return JSON.stringify(cut(withoutCredentials(value)));
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  }
  if (typeof value === "object") {
    return "a mapping";
  }
  return secret ? `a ${typeof value} (not repeated here)` : JSON.stringify(value);
}

function cut(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

/** `https://user:password@host` without what stands before the `@`. */
function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/*)?[^/?#]*@/i, "$1…@");
}
