import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie } from "hono/cookie";
import { signInSchema } from "../../../contract/viewer.ts";
import type { EpochMs } from "../../../upgrade/status.ts";
import { fail, json } from "../answer.ts";
import { ownPagesOnly } from "../guards.ts";
import { sendIndex } from "../pages.ts";
import {
  type AdmissionDependencies,
  type EntranceEnvironment,
  tooMany,
  wantsHtml,
} from "./admission.ts";
import type { Cookies } from "./cookies.ts";

type EntranceDependencies = AdmissionDependencies & {
  readonly server: { readonly hosts: readonly string[] };
  readonly now: () => EpochMs;
};

const mostBytes = 8192;

/** The addresses that are open before anyone is let in: signing in and out, and opening a display pass. */
export function routeEntrance(
  app: Hono<EntranceEnvironment>,
  cookies: Cookies,
  { viewers: rules, doorkeeper, pages, server, now }: EntranceDependencies,
): void {
  const { passes, sessions, passwords } = doorkeeper;
  const fromOwnPages = ownPagesOnly(server);
  const short = bodyLimit({
    maxSize: mostBytes,
    onError: (context) =>
      fail(context, "body-not-allowed", "That is too long for a user and a password.", {
        Connection: "close",
      }),
  });

  app.post("/api/sign-in", fromOwnPages, short, async (context) => {
    if (rules.kind === "open" || rules.users.size === 0) {
      return fail(context, "sign-in-elsewhere", "Nobody signs in here with a password.");
    }
    const body: unknown = await context.req.json().catch(() => undefined);
    const read = signInSchema.safeParse(body);
    if (!read.success) {
      return fail(context, "bad-request", "Send a user and a password as JSON.");
    }
    const { user, password } = read.data;
    const attempt = passwords.check(context.get("client").key, rules.users, user, password);
    switch (attempt.kind) {
      case "wait":
        return tooMany(context, attempt.waitMs, "Too many wrong passwords came from here.");
      case "wrong":
        return fail(context, "wrong-password", "This user and password are not known here.");
      case "right":
        cookies.setSession(context, sessions.open({ user, password: attempt.password }));
        return json(context, { kind: "session", name: user });
    }
  });

  app.post("/api/sign-out", fromOwnPages, short, async (context) => {
    const id = getCookie(context, cookies.sessionName);
    if (id !== undefined) {
      sessions.close(id);
    }
    cookies.clearSession(context);
    return json(context, { kind: "open", name: null });
  });

  app.get("/pass/:secret", async (context) => {
    // What only looks ahead, such as a messenger that draws a preview, must not use the address up.
    const isLookAhead =
      context.req.method === "HEAD" ||
      /prefetch|preview/i.test(
        `${context.req.header("sec-purpose") ?? ""} ${context.req.header("purpose") ?? ""}`,
      );
    if (isLookAhead) {
      return context.body(null, 204);
    }
    const wall = `${server.basePath}wall`;
    const opened = await passes.open(context.req.param("secret"), now());
    if (opened !== null) {
      cookies.setPass(context, opened.cookie);
      return context.redirect(wall, 303);
    }
    if (context.get("asking").kind === "viewer") {
      return context.redirect(wall, 303);
    }
    return wantsHtml(context)
      ? sendIndex(context, pages, 410)
      : fail(context, "void-pass", "This address was opened before, was revoked, or has expired.");
  });
}
