import { createHash, randomBytes } from "node:crypto";

/** A secret of 256 bits, fit for an address and a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of such a secret. It is random and long, so that a plain hash can't be guessed back. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
