import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { EntranceEnvironment } from "./admission.ts";
import { sessionMs } from "./sessions.ts";

/** The cookies of this server, which no script reads and no other site sends. */
export type Cookies = {
  readonly sessionName: string;
  readonly passName: string;
  readonly setSession: (context: Context<EntranceEnvironment>, id: string) => void;
  readonly setPass: (context: Context<EntranceEnvironment>, secret: string) => void;
  readonly clearSession: (context: Context<EntranceEnvironment>) => void;
};

/** The longest that a browser keeps a cookie; a display that is used is given it anew. */
const passSeconds = 400 * 86_400;

type CookieServer = {
  readonly instance: string;
  readonly server: { readonly basePath: string; readonly tls: object | null };
};

/** @param instance tells these cookies from those of another server on the same host, whose port a cookie ignores */
export function openCookies({ instance, server }: CookieServer): Cookies {
  const sessionName = `upgrade-watch-session-${instance}`;
  const passName = `upgrade-watch-pass-${instance}`;
  const base = { path: server.basePath, httpOnly: true, sameSite: "Strict" } as const;
  const flags = (context: Context<EntranceEnvironment>) => ({
    ...base,
    secure: server.tls !== null || isHttpsAtProxy(context),
  });
  return {
    sessionName,
    passName,
    setSession: (context, id) =>
      setCookie(context, sessionName, id, { ...flags(context), maxAge: sessionMs / 1000 }),
    setPass: (context, secret) =>
      setCookie(context, passName, secret, { ...flags(context), maxAge: passSeconds }),
    clearSession: (context) => void deleteCookie(context, sessionName, flags(context)),
  };
}

/** Whether the browser speaks HTTPS with a reverse proxy: by its own word, or by that of a proxy that is listed. */
function isHttpsAtProxy(context: Context<EntranceEnvironment>): boolean {
  const origin = context.req.header("origin") ?? "";
  const { viaTrusted } = context.get("client");
  return (
    origin.startsWith("https:") ||
    (viaTrusted && context.req.header("x-forwarded-proto") === "https")
  );
}
