import type { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./fetchJson.ts";

/** That the server lets this browser in no more, or not yet. */
export type SignedOut = {
  /** The server's words. */
  readonly message: string;
  /** Whether a user and a password would help. */
  readonly byPassword: boolean;
  /** Whether something was on screen before, which stays there. */
  readonly hasPicture: boolean;
};

/** Follows the polled questions, whose answers are the only news of being let in or not. */
export type SignedOutStore = {
  readonly subscribe: (listener: () => void) => () => void;
  readonly get: () => SignedOut | null;
};

/** From the first 401 on one is out, until a polled question is answered again: here or after signing in in another tab. */
export function followSignedOut(client: QueryClient): SignedOutStore {
  let now: SignedOut | null = null;
  return {
    get: () => now,
    subscribe: (listener) =>
      client.getQueryCache().subscribe((event) => {
        if (event.type !== "updated" || event.query.meta?.["live"] !== true) {
          return;
        }
        const next = after(now, event.action, event.query.state.data !== undefined);
        if (next !== now) {
          now = next;
          listener();
        }
      }),
  };
}

type Action = { readonly type: string; readonly error?: unknown };

function after(before: SignedOut | null, action: Action, hasPicture: boolean): SignedOut | null {
  if (action.type === "success") {
    return null;
  }
  const { error } = action;
  if (action.type !== "error" || !(error instanceof ApiError) || error.httpStatus !== 401) {
    return before;
  }
  const next = {
    message: error.message,
    byPassword: error.code === "sign-in-required",
    hasPicture: hasPicture || before?.hasPicture === true,
  };
  const isSame =
    before?.message === next.message &&
    before.byPassword === next.byPassword &&
    before.hasPicture === next.hasPicture;
  return isSame ? before : next;
}
