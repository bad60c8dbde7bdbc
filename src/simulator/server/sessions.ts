import { randomBytes } from "node:crypto";
import { hourMs } from "../../upgrade/duration.ts";
import type { EpochMs } from "../../upgrade/status.ts";

/** Who may sign in: user names with their passwords. */
export type Users = Readonly<Record<string, string>>;

/** How long a session holds. Source: Qumulo REST guide, `POST /v1/session/login`. */
const sessionMs = 10 * hourMs;

/** Who may ask: the bearer of the access token, and of a session that a sign-in opened less than ten hours ago. */
export class Sessions {
  private token: string | null;
  private readonly users: Users;
  private readonly now: () => EpochMs;
  private readonly openedAt = new Map<string, EpochMs>();

  /** @param token the access token, or null to let everyone in */
  constructor(token: string | null, users: Users, now: () => EpochMs) {
    this.token = token;
    this.users = users;
    this.now = now;
  }

  accepts(authorization: string | undefined): boolean {
    if (this.token === null) {
      return true;
    }
    const bearer = authorization?.replace(/^Bearer /, "");
    if (bearer === undefined) {
      return false;
    }
    const openedAt = this.openedAt.get(bearer);
    return bearer === this.token || (openedAt !== undefined && this.now() - openedAt < sessionMs);
  }

  /** A bearer token for who signs in rightly, else null. */
  signIn(username: string, password: string): string | null {
    if (!Object.hasOwn(this.users, username) || this.users[username] !== password) {
      return null;
    }
    const bearer = `1:${randomBytes(24).toString("base64url")}`;
    this.openedAt.set(bearer, this.now());
    return bearer;
  }

  /** Ends all sessions; the access token stays good. */
  expire(): void {
    this.openedAt.clear();
  }

  /** From now on another access token is the good one. */
  replaceToken(token: string): void {
    this.token = token;
  }
}
