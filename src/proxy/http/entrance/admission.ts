import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import * as z from "zod/mini";
import { type ViewerAnswer, viewerSchema } from "../../../contract/viewer.ts";
import { fail, json } from "../answer.ts";
import { isPageAddress, type Pages, sendIndex } from "../pages.ts";
import type { ViewerRules } from "../viewers.ts";
import { type Client, clientOf } from "./client.ts";
import { type Cookies, openCookies } from "./cookies.ts";
import type { Doorkeeper } from "./doorkeeper.ts";

/** Someone who is let in. */
export type Viewer = ViewerAnswer & {
  /** Whose requests are counted together; null where they count by address. */
  readonly key: string | null;
  /** The digest of the password that was given with this very request. */
  readonly password?: Uint8Array;
};

/** Who asks: known, unknown, or to be asked to wait after too many wrong passwords. */
export type Asking =
  | { readonly kind: "viewer"; readonly viewer: Viewer }
  | { readonly kind: "stranger"; readonly hadPass: boolean }
  | { readonly kind: "wait"; readonly waitMs: number };

/** What every request carries along once it is known who asks. */
export type EntranceEnvironment = {
  Variables: { readonly client: Client; readonly asking: Asking };
};

export type AdmissionDependencies = {
  readonly viewers: ViewerRules;
  readonly doorkeeper: Doorkeeper;
  readonly server: { readonly basePath: string; readonly tls: object | null };
  readonly pages: Pages;
};

type Handler = MiddlewareHandler<EntranceEnvironment>;

/** The way in: who asks, how often, and whether there is an answer. */
export type Admission = {
  readonly identify: Handler;
  readonly limit: Handler;
  readonly admit: Handler;
  /** Answers as whom one is let in. */
  readonly tell: Handler;
  readonly cookies: Cookies;
};

/** Opens the way in. */
export function openAdmission(dependencies: AdmissionDependencies): Admission {
  const { viewers: rules, doorkeeper, pages, server } = dependencies;
  const { passes, sessions, passwords, requests, instance } = doorkeeper;
  const cookies = openCookies({ instance, server });

  const bySession = (context: Context, rules: KnownViewers): Viewer | null => {
    const id = getCookie(context, cookies.sessionName);
    const session = id === undefined ? null : sessions.find(id);
    if (id === undefined || session === null) {
      return null;
    }
    if (Buffer.compare(rules.users.get(session.user) ?? nothing, session.password) !== 0) {
      // The user is gone or has another password by now.
      sessions.close(id);
      return null;
    }
    return { kind: "session", name: session.user, key: `session ${session.key}` };
  };

  const asking = async (context: Context, { key, viaTrusted }: Client): Promise<Asking> => {
    if (rules.kind === "open") {
      return known({ kind: "open", name: null, key: null });
    }
    const header = rules.trustedHeader;
    const named = header === null ? "" : (context.req.header(header.name) ?? "").trim();
    if (viaTrusted && named !== "") {
      return known({ kind: "header", name: named, key: null });
    }
    const viewer = bySession(context, rules);
    if (viewer !== null) {
      return known(viewer);
    }
    const cookie = getCookie(context, cookies.passName);
    const pass = cookie === undefined ? null : await passes.holder(cookie);
    if (pass !== null) {
      return known({ kind: "pass", name: pass.name, key: `pass ${pass.id}` });
    }
    const basic = basicOf(context);
    if (basic === null) {
      return { kind: "stranger", hadPass: cookie !== undefined };
    }
    const attempt = passwords.check(key, rules.users, basic.user, basic.password);
    switch (attempt.kind) {
      case "right":
        return known({
          kind: "password",
          name: basic.user,
          key: null,
          password: attempt.password,
        });
      case "wrong":
        return { kind: "stranger", hadPass: false };
      case "wait":
        return attempt;
    }
  };

  return {
    cookies,
    identify: async (context, next) => {
      const listed = rules.kind === "known" ? (rules.trustedHeader?.from ?? null) : null;
      const client = clientOf(context, listed);
      context.set("client", client);
      context.set("asking", await asking(context, client));
      return next();
    },
    limit: async (context, next) => {
      const who = context.get("asking");
      const key = (who.kind === "viewer" ? who.viewer.key : null) ?? context.get("client").key;
      const waitMs = requests.take(key, costOf(context.req.path));
      return waitMs === 0 ? next() : tooMany(context, waitMs, "Too many requests came from here.");
    },
    admit: async (context, next) => {
      const who = context.get("asking");
      const { path } = context.req;
      const isPage = isPageAddress(path) && wantsHtml(context);
      if (who.kind === "viewer") {
        if (isPage) {
          keepLetIn(context, who.viewer);
        }
        return next();
      }
      if (who.kind === "wait") {
        return tooMany(context, who.waitMs, wrongTooOften);
      }
      // A page signs its viewer in by itself. A challenge would open the browser's dialog over it, so nobody gets one.
      return isPage ? sendIndex(context, pages, 401) : refuse(context, rules, who.hadPass);
    },
    tell: async (context) => {
      const who = context.get("asking");
      const { kind, name } = who.kind === "viewer" ? who.viewer : nobody;
      return json(context, z.encode(viewerSchema, { kind, name }));
    },
  };

  /** A browser that came with a password goes on with a cookie; a display's cookie lives on with its use. */
  function keepLetIn(context: Context<EntranceEnvironment>, viewer: Viewer): void {
    if (viewer.kind === "password" && viewer.password !== undefined && viewer.name !== null) {
      const isBrowser = context.req.header("sec-fetch-mode") === "navigate";
      if (isBrowser) {
        const id = sessions.open({ user: viewer.name, password: viewer.password });
        cookies.setSession(context, id);
      }
    }
    if (viewer.kind === "pass") {
      cookies.setPass(context, getCookie(context, cookies.passName) ?? "");
    }
  }
}

type KnownViewers = Extract<ViewerRules, { kind: "known" }>;

const nothing = new Uint8Array();
const nobody = { kind: "open", name: null } as const;

const wrongTooOften = "Too many wrong passwords came from here.";

function known(viewer: Viewer): Asking {
  return { kind: "viewer", viewer };
}

/** Whether a person's browser asks for a page, rather than a script or a page for its data. */
export function wantsHtml(context: Context): boolean {
  return (context.req.header("accept") ?? "").includes("text/html");
}

/** Asks to wait, in whole seconds. */
export function tooMany(context: Context, waitMs: number, reason: string): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const wait = seconds === 1 ? "in a second" : `in ${seconds} seconds`;
  return fail(context, "too-many-requests", `${reason} Try again ${wait}.`, {
    "Retry-After": String(seconds),
  });
}

function refuse(context: Context, rules: ViewerRules, hadPass: boolean): Response {
  const byPassword = rules.kind === "known" && rules.users.size > 0;
  const way = byPassword
    ? "Sign in with your user and password of Upgrade Watch, not those of a cluster."
    : "Viewers sign in at the reverse proxy before this server; open the page there.";
  const pass = hadPass
    ? "This display's pass is no longer valid; `upgrade-watch pass create` makes another. "
    : "";
  return fail(context, byPassword ? "sign-in-required" : "sign-in-elsewhere", `${pass}${way}`);
}

/** Reading the history costs more than a glance, and so does an address that a pass may hide behind. */
function costOf(path: string): number {
  if (/^\/api\/(?:lanes|clusters\/[^/]+\/(?:history|runs))/.test(path)) {
    return 4;
  }
  return path.startsWith("/pass/") ? 10 : 1;
}

function basicOf(context: Context): { readonly user: string; readonly password: string } | null {
  const header = context.req.header("authorization") ?? "";
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  if (encoded === undefined) {
    return null;
  }
  const [, user, password] =
    /^([^:]*):([^]*)$/.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  return user === undefined || password === undefined ? null : { user, password };
}
