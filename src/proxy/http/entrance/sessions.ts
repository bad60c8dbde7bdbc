import { hashOf, newSecret } from "../../randomSecret.ts";

/** Someone who has signed in. */
export type Session = {
  readonly user: string;
  /** The digest of the password that was right then; a session ends when the password is changed. */
  readonly password: Uint8Array;
};

/** The signed-in viewers. Their ids are kept as hashes, in memory: a restart signs everyone out. */
export type Sessions = {
  /** @returns the id, 256 random bits */
  readonly open: (session: Session) => string;
  /** The session with this id, while it lasts, and a key to count it by; looking at it counts as use. */
  readonly find: (id: string) => (Session & { readonly key: string }) | null;
  readonly close: (id: string) => void;
};

const hourMs = 3_600_000;
/** Two hours after the last page was closed. */
const idleMs = 2 * hourMs;
/** Longer than a shift with its handover. */
export const sessionMs = 16 * hourMs;
const mostSessions = 5000;
/** No one who may sign in can sign everyone else out by signing in again and again. */
const mostOfOneUser = 200;

/** @param steadyNow milliseconds on a clock that is never set */
export function openSessions(steadyNow: () => number): Sessions {
  const sessions = new Map<string, { session: Session; openedAtMs: number; usedAtMs: number }>();
  const isOver = ({ openedAtMs, usedAtMs }: { openedAtMs: number; usedAtMs: number }): boolean =>
    steadyNow() - usedAtMs > idleMs || steadyNow() - openedAtMs > sessionMs;
  return {
    open: (session) => {
      const id = newSecret();
      const own = [...sessions].filter(([, entry]) => entry.session.user === session.user);
      for (const [key] of own.slice(0, Math.max(0, own.length + 1 - mostOfOneUser))) {
        sessions.delete(key);
      }
      for (const [key, entry] of sessions) {
        if (isOver(entry) || sessions.size >= mostSessions) {
          sessions.delete(key);
        }
      }
      sessions.set(hashOf(id), { session, openedAtMs: steadyNow(), usedAtMs: steadyNow() });
      return id;
    },
    find: (id) => {
      const key = hashOf(id);
      const entry = sessions.get(key);
      if (entry === undefined || isOver(entry)) {
        sessions.delete(key);
        return null;
      }
      // The one used last goes to the end: the first are those that may go.
      sessions.delete(key);
      sessions.set(key, { ...entry, usedAtMs: steadyNow() });
      return { ...entry.session, key };
    },
    close: (id) => void sessions.delete(hashOf(id)),
  };
}
