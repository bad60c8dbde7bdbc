import type { ClusterAuth } from "../../contract/clusterAccess.ts";
import { readErrorReply, readLoginReply } from "../../contract/clusterSiblings.ts";
import type { Failure } from "../../upgrade/observation.ts";
import type { Exchange } from "./exchange.ts";
import { readSecretFile, readSecretVariable, rememberSecret, SecretError } from "./secret.ts";

/** A bearer token, null where none is needed, or why there is none. */
export type Bearer =
  | { readonly ok: true; readonly bearer: string | null }
  | { readonly ok: false; readonly failure: Failure };

/** How one cluster is signed in to; its token never goes to another. */
export type Session = {
  /** The present token; read or signed in for when first asked. */
  readonly bearer: (exchange: Exchange, timeoutMs: number) => Promise<Bearer>;
  /** After a 401: reads the token again or signs in anew. Says whether there is another token to try. */
  readonly renew: (exchange: Exchange, timeoutMs: number) => Promise<Bearer & { changed: boolean }>;
};

/** The session of one cluster. */
export function openSession(auth: ClusterAuth): Session {
  let current: string | null | undefined;

  const obtain = async (exchange: Exchange, timeoutMs: number): Promise<Bearer> => {
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
          return await signIn(exchange, auth.username, password, timeoutMs);
        }
      }
    } catch (error) {
      if (error instanceof SecretError) {
        return { ok: false, failure: { kind: "auth", message: error.message } };
      }
      throw error;
    }
  };

  return {
    bearer: async (exchange, timeoutMs) => {
      if (current !== undefined) {
        return { ok: true, bearer: current };
      }
      const obtained = await obtain(exchange, timeoutMs);
      current = obtained.ok ? obtained.bearer : undefined;
      return obtained;
    },
    renew: async (exchange, timeoutMs) => {
      const before = current;
      current = undefined;
      const obtained = await obtain(exchange, timeoutMs);
      current = obtained.ok ? obtained.bearer : undefined;
      return { ...obtained, changed: obtained.ok && obtained.bearer !== before };
    },
  };
}

async function signIn(
  exchange: Exchange,
  username: string,
  password: string,
  timeoutMs: number,
): Promise<Bearer> {
  const result = await exchange.signIn(username, password, timeoutMs);
  if (!result.ok) {
    return result;
  }
  const { httpStatus, body, headers } = result.reply;
  const bearer = httpStatus === 200 ? readLoginReply(body, headers) : null;
  if (bearer === null || !/^[\x21-\x7e]+$/.test(bearer)) {
    const said = readErrorReply(body, headers);
    const message = `Signing in as ${username} was refused (${httpStatus})${said === null ? "" : `: ${said}`}.`;
    const kind = httpStatus === 401 || httpStatus === 403 ? "auth" : "http";
    return { ok: false, failure: { kind, message } };
  }
  rememberSecret(bearer);
  return { ok: true, bearer };
}
