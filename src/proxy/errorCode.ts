/** The code that the system or a library gave an error, e.g. `ENOENT` or `SQLITE_FULL`; empty when it has none. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string"
    ? thrown.code
    : "";
}
