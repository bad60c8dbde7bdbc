import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";

/**
 * Puts a file that only its owner may read in the place of another, or of none: whoever reads it, also after a power
 * cut, finds the old content or the new one whole.
 */
export function replaceFile(path: string, content: string): void {
  const unfinished = `${path}.new`;
  const descriptor = openSync(unfinished, "w", 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, path);
}
