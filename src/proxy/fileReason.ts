import { codeOf } from "./errorCode.ts";

const reasons = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "a part of its path is no folder"],
  ["EACCES", "this user may not read it"],
  ["EPERM", "this user may not read it"],
  ["EISDIR", "it is a folder"],
  ["ELOOP", "its links go in a circle"],
]);

/** Why a file could not be read, in a few words for people. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons.get(code) ?? `it can't be read (${code === "" ? "unknown reason" : code})`;
}
