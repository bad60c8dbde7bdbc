import type { ClusterAuth } from "../../contract/clusterAccess.ts";
import { readErrorReply, readLoginReply } from "../../contract/clusterSiblings.ts";
import type { Failure } from "../../upgrade/observation.ts";
import type { Deadline } from "./deadline.ts";
import type { Exchange } from "./exchange.ts";
import {
  forgetSecret,
  readSecretFile,
  readSecretVariable,
  rememberSecret,
  SecretError,
} from "./secret.ts";

/** A bearer token, null where none is needed, or why there is none. */
export type Bearer =
  | { readonly ok: true; readonly bearer: string | null }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** What the cluster answered to the sign-in; null when it was not asked, or did not answer. */
      readonly httpStatus: number | null;
    };

/** The signing in of one poll: whatever its nodes answer, a password is sent at most once. */
export type Attendance = {
  /** The present token; read or signed in for when there is none. */
  readonly bearer: (exchange: Exchange, deadline: Deadline) => Promise<Bearer>;
  /** After a 401: reads the token again or signs in anew. A success is a token that was not tried yet. */
  readonly renew: (exchange: Exchange, deadline: Deadline) => Promise<Bearer | "nothing-new">;
  /** Whether the cluster or the secret itself refused: asking another address would change nothing. */
  readonly isRefused: () => boolean;
};

/** How one cluster is signed in to; its token never goes to another. */
export type Session = {
  readonly attend: () => Attendance;
  /** Lets the next poll read a token from its file again; a sign-in holds until it is refused. */
  readonly renew: () => void;
  /** For questions beside the polls: goes by the token that there is, and obtains none. */
  readonly present: () => Attendance;
};

/** The session of one cluster. */
export function openSession(auth: ClusterAuth): Session {
  let current: string | null | undefined;

  const keep = (bearer: string | null): void => {
    if (auth.kind === "password" && typeof current === "string" && current !== bearer) {
      forgetSecret(current);
    }
    current = bearer;
  };

  return {
    renew: () => {
      current = auth.kind === "token-file" ? undefined : current;
    },
    present: () => ({
      isRefused: () => false,
      bearer: async () => ({ ok: true, bearer: current ?? null }),
      renew: async () => "nothing-new",
    }),
    attend: () => {
      let obtained = false;
      let refused = false;
      const obtainOnce = async (exchange: Exchange, deadline: Deadline): Promise<Bearer> => {
        const result = await obtain(auth, exchange, deadline);
        // A sign-in that did not get through may be tried at another address.
        obtained = result.ok || result.failure.kind === "auth";
        refused = !result.ok && result.failure.kind === "auth" && current === undefined;
        return result;
      };
      return {
        isRefused: () => refused,
        bearer: async (exchange, deadline) => {
          if (current !== undefined) {
            return { ok: true, bearer: current };
          }
          const result = await obtainOnce(exchange, deadline);
          if (result.ok) {
            keep(result.bearer);
          }
          return result;
        },
        renew: async (exchange, deadline) => {
          if (obtained || auth.kind === "none") {
            return "nothing-new";
          }
          const before = current;
          const result = await obtainOnce(exchange, deadline);
          if (!result.ok) {
            return result;
          }
          keep(result.bearer);
          return result.bearer === before ? "nothing-new" : result;
        },
      };
    },
  };
}

async function obtain(auth: ClusterAuth, exchange: Exchange, deadline: Deadline): Promise<Bearer> {
  try {
    switch (auth.kind) {
      case "none":
        return { ok: true, bearer: null };
      case "token-file":
        return { ok: true, bearer: await readSecretFile(auth.path) };
      case "token-environment":
        return { ok: true, bearer: readSecretVariable(auth.name) };
      case "password": {
        const password = await readSecretFile(auth.passwordFile);
        return await signIn(exchange, auth.username, password, deadline);
      }
    }
  } catch (error) {
    if (error instanceof SecretError) {
      return { ok: false, failure: { kind: "auth", message: error.message }, httpStatus: null };
    }
    throw error;
  }
}

async function signIn(
  exchange: Exchange,
  username: string,
  password: string,
  deadline: Deadline,
): Promise<Bearer> {
  const result = await exchange.signIn(username, password, deadline);
  if (!result.ok) {
    return { ...result, httpStatus: null };
  }
  const { httpStatus, body, headers } = result.reply;
  if (httpStatus !== 200) {
    const said = readErrorReply(body, headers);
    const message = `Signing in as ${username} was refused (${httpStatus})${said === null ? "" : `: ${said}`}.`;
    const kind = httpStatus === 401 || httpStatus === 403 ? "auth" : "http";
    return { ok: false, failure: { kind, message }, httpStatus };
  }
  const bearer = readLoginReply(body, headers);
  if (bearer === null || !/^[\x21-\x7e]+$/.test(bearer)) {
    const message = `Signing in as ${username} brought no token that can be used.`;
    return { ok: false, failure: { kind: "invalid", message }, httpStatus };
  }
  rememberSecret(bearer);
  return { ok: true, bearer };
}
