import type { PassBook } from "../../passes/passBook.ts";
import { openPasswords, type Passwords } from "./passwords.ts";
import { openSessions, type Sessions } from "./sessions.ts";
import { type BucketSize, type TokenBuckets, tokenBuckets } from "./tokenBuckets.ts";

/** What is remembered of those who come; it outlives a reload of the configuration. */
export type Doorkeeper = {
  readonly passes: PassBook;
  /** Tells this server's cookies from those of another one on the same host. */
  readonly instance: string;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  /** How many requests each client may still send. */
  readonly requests: TokenBuckets;
  /** How many notes each author may still write. */
  readonly notes: TokenBuckets;
};

type DoorkeeperTools = {
  readonly passes: PassBook;
  readonly instance: string;
  /** Milliseconds on a clock that is never set. */
  readonly steadyNow: () => number;
  /** How many requests a client may send; a reading of the history counts as several. */
  readonly flood?: BucketSize;
};

/** Hundreds of pages behind one address ask once a second each; a thousand requests a second are no viewers'. */
const usualFlood: BucketSize = { most: 1000, perSecond: 500 };

/** What a person types in the heat of an upgrade, and then two a minute. */
const usualNotes: BucketSize = { most: 30, perSecond: 1 / 30 };

/** A doorkeeper who has seen nobody yet. */
export function openDoorkeeper(tools: DoorkeeperTools): Doorkeeper {
  const { passes, instance, steadyNow, flood = usualFlood } = tools;
  return {
    passes,
    instance,
    sessions: openSessions(steadyNow),
    passwords: openPasswords(steadyNow),
    requests: tokenBuckets(flood, steadyNow),
    notes: tokenBuckets(usualNotes, steadyNow),
  };
}
