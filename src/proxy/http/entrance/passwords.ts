import { createHash, timingSafeEqual } from "node:crypto";
import { type BucketSize, tokenBuckets } from "./tokenBuckets.ts";

/** What came of a user and a password. */
export type Attempt =
  | { readonly kind: "right"; readonly password: Uint8Array }
  | { readonly kind: "wrong" }
  | { readonly kind: "wait"; readonly waitMs: number };

/** Checks passwords, and slows down whoever guesses. */
export type Passwords = {
  /**
   * @param client where limits count
   * @param users the digest of each user's password
   */
  readonly check: (
    client: string,
    users: ReadonlyMap<string, Uint8Array>,
    user: string,
    password: string,
  ) => Attempt;
};

/** One user from one address: five typing errors, then one more try every ten seconds. */
const userLimit: BucketSize = { most: 5, perSecond: 0.1 };
/** All users from one address, which may be a whole building. */
const addressLimit: BucketSize = { most: 50, perSecond: 1 };

/** @param steadyNow milliseconds on a clock that is never set */
export function openPasswords(steadyNow: () => number): Passwords {
  const byUser = tokenBuckets(userLimit, steadyNow);
  const byAddress = tokenBuckets(addressLimit, steadyNow);
  return {
    check: (client, users, user, password) => {
      const userKey = `${client} ${digest(user).toString("base64url")}`;
      const waitMs = Math.max(byUser.waitMs(userKey), byAddress.waitMs(client));
      if (waitMs > 0) {
        return { kind: "wait", waitMs };
      }
      const expected = users.get(user);
      const given = digest(password);
      // An unknown user costs as much time as a wrong password, so that users can't be guessed.
      if (timingSafeEqual(given, expected ?? digest("")) && expected !== undefined) {
        byUser.refill(userKey);
        return { kind: "right", password: expected };
      }
      byUser.take(userKey);
      byAddress.take(client);
      return { kind: "wrong" };
    },
  };
}

/** What is compared in place of a password: of one length, whatever the password's. */
export function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
