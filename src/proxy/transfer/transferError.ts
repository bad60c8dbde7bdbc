/** Why a history can't be exported or imported, in a sentence for people. */
export class TransferError extends Error {
  override readonly name = "TransferError";
}
