/** What people are told when a history has lost something. */
import type { Salvage } from "./disk/salvage.ts";

export function salvagedWords(folder: string, salvage: Salvage): string {
  const { reason, kept, missing, setAside } = salvage;
  const lost =
    missing === 0
      ? "What was newest may be missing."
      : `${records(missing)} between them ${missing === 1 ? "is" : "are"} missing, that time reads as not observed; what was newest may be missing too.`;
  return `The history in ${folder} was damaged: ${reason}. ${records(kept)} could be read and ${kept === 1 ? "is" : "are"} kept. ${lost} Nothing was deleted: the damaged file is now ${setAside}.`;
}

export function removedWords(folder: string, restored: number): string {
  return `The history in ${folder} was removed while it was in use. It was begun anew with ${records(restored)} that memory still held; what was older is gone.`;
}

export function unreadableWords(folder: string, cluster: string, unreadable: number): string {
  return `${records(unreadable)} in the history of ${cluster} can't be read, because ${unreadable === 1 ? "it is" : "they are"} damaged; that time reads as not observed, the rest is shown. Nothing was deleted from ${folder}.`;
}

export function unreadableNotesWords(folder: string, cluster: string, unreadable: number): string {
  const notes = unreadable === 1 ? "1 note" : `${unreadable} notes`;
  return `${notes} on ${cluster} can't be read, because ${unreadable === 1 ? "it is" : "they are"} damaged; the rest is shown. Nothing was deleted from ${folder}.`;
}

/** @param excessBytes what could not be deleted; nothing is said where that is nothing */
export function oversizeWords(
  folder: string,
  maxBytes: number,
  excessBytes: number,
): string | null {
  return excessBytes === 0
    ? null
    : `The history in ${folder} is ${megabytes(excessBytes)} larger than retention.size (${megabytes(maxBytes)}) allows: what is left is of the last 24 hours, or of upgrades that have not ended. Allow more.`;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e5) / 10} MB`;
}

function records(count: number): string {
  return count === 1 ? "1 record" : `${count} records`;
}
