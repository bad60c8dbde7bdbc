import type { Context } from "hono";
import { acceptedEncoding, type Body, bodyOf } from "./body.ts";

/** Below this, compressing costs more than it saves. */
const smallestCompressed = 1024;

/** The type of every answer that is JSON. */
export const jsonType = "application/json; charset=utf-8";

type SendOptions = {
  /** False for what is compressed in itself. */
  readonly compressible?: boolean;
  readonly status?: 200 | 401 | 410;
};

/** Answers with a prepared body, compressed as the viewer accepts it. */
export async function send(
  context: Context,
  body: Body,
  headers: Readonly<Record<string, string>>,
  { compressible = true, status = 200 }: SendOptions = {},
): Promise<Response> {
  const encoding =
    compressible && body.plain.length >= smallestCompressed
      ? acceptedEncoding(context.req.header("accept-encoding"))
      : null;
  const bytes = encoding === null ? body.plain : await body.encoded(encoding);
  return context.body(bytes, status, {
    ...headers,
    ...(compressible ? { Vary: "Accept-Encoding" } : {}),
    ...(encoding === null ? {} : { "Content-Encoding": encoding }),
    "Content-Length": String(bytes.length),
  });
}

/** Answers with a prepared body that holds JSON. */
export async function sendJson(
  context: Context,
  body: Body,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return send(context, body, { "Content-Type": jsonType, ...headers });
}

/** Answers with a value as JSON. */
export async function json(
  context: Context,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return sendJson(context, bodyOf(JSON.stringify(value), "live"), headers);
}

/** The codes of errors, with their HTTP status. */
export const statuses = {
  "bad-parameter": 400,
  "bad-request": 400,
  "body-not-allowed": 413,
  "sign-in-required": 401,
  "sign-in-elsewhere": 401,
  "wrong-password": 401,
  "cross-site": 403,
  "may-not-write": 403,
  "not-found": 404,
  "unknown-cluster": 404,
  "unknown-run": 404,
  "unknown-note": 404,
  "method-not-allowed": 405,
  "too-slow": 408,
  "too-many-notes": 409,
  "void-pass": 410,
  "not-json": 415,
  "unknown-host": 421,
  "too-many-requests": 429,
  "headers-too-large": 431,
  internal: 500,
  "history-unread": 503,
  "note-not-saved": 503,
} as const;

export type ErrorCode = keyof typeof statuses;

/** The body that every error has. */
export function errorBody(code: ErrorCode, message: string): string {
  return JSON.stringify({ error: { code, message } });
}

/** Answers with an error in the one form that all errors have. */
export function fail(
  context: Context,
  code: ErrorCode,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return context.body(errorBody(code, message), statuses[code], {
    "Content-Type": jsonType,
    ...headers,
  });
}
