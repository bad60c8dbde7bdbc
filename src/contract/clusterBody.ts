/** The steps from the bytes of a reply to a plain object, each of which can refuse. */

/** Headers by lower-case name. */
export type ReplyHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A body that may be read on, or why not. */
export type Body =
  | {
      readonly ok: true;
      readonly fields: Readonly<Record<string, unknown>>;
      readonly remarks: readonly Remark[];
    }
  | { readonly ok: false; readonly reason: InvalidReason; readonly message: string };

/** Why a reply is no valid one, for logs and tests. */
export type InvalidReason =
  | "content-encoding"
  | "content-type"
  | "html"
  | "empty"
  | "too-long"
  | "too-many-parts"
  | "not-utf-8"
  | "not-json"
  | "not-an-object"
  | "older-api-shape"
  | "no-state";

/** Something odd in a reply that is shown all the same. */
export type Remark = { readonly field: string; readonly message: string };

/** No reply of a cluster is longer. */
export const longestBodyBytes = 4 * 1024 * 1024;
const mostParts = 20_000;
const deepest = 64;

/** Reads a body as the plain object that it should be; nothing of it is ever echoed. */
export function readBody(bytes: Uint8Array, headers: ReplyHeaders): Body {
  if (bytes.length === 0) {
    return refuse("empty", "The reply is empty.");
  }
  const type = text(headers["content-type"]).split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "text/html" || type === "application/xhtml+xml") {
    return refusePage(bytes);
  }
  const isJson = type === "application/json" || type.endsWith("+json");
  if (!isJson && type !== "" && type !== "text/plain") {
    return refuse("content-type", `The reply is of type ${short(type)}, not JSON.`);
  }
  const encoding = text(headers["content-encoding"]).trim().toLowerCase();
  if (encoding !== "" && encoding !== "identity") {
    return refuse(
      "content-encoding",
      `The reply is ${short(encoding)}-encoded, though none was asked for.`,
    );
  }
  if (bytes.length > longestBodyBytes) {
    return refuse("too-long", "The reply is longer than 4 MiB.");
  }
  const parts = countParts(bytes);
  if (parts.count > mostParts || parts.depth > deepest) {
    return refuse("too-many-parts", "The reply is made of more parts than any status has.");
  }
  const decoded = decode(bytes);
  if (decoded === null) {
    return refuse("not-utf-8", "The reply is not UTF-8.");
  }
  const value = parse(decoded);
  if (value === undefined) {
    return decoded.trimStart().startsWith("<")
      ? refusePage(bytes)
      : refuse("not-json", `The reply of ${bytes.length} bytes is not JSON, or it is cut off.`);
  }
  const fields = asRecord(value);
  if (fields === null) {
    return refuse("not-an-object", "The reply is JSON, but not an object.");
  }
  const odd = isJson
    ? []
    : [{ field: "content-type", message: "The reply is not marked as JSON." }];
  return { ok: true, fields, remarks: odd };
}

/** A plain object's own fields, or null for anything else. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
}

function refuse(reason: InvalidReason, message: string): Body {
  return { ok: false, reason, message };
}

function refusePage(bytes: Uint8Array): Body {
  return refuse("html", `An unexpected page of ${bytes.length} bytes came in place of the answer.`);
}

/** JSON.parse takes hundreds of megabytes for bodies made to hurt; this look at the bytes takes none. */
function countParts(bytes: Uint8Array): { count: number; depth: number } {
  let count = 0;
  let depth = 0;
  let deepestSeen = 0;
  let inString = false;
  let escaped = false;
  // By index: an iterator takes several times as long over 4 MiB.
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inString) {
      inString = escaped || byte !== 0x22;
      escaped = !escaped && byte === 0x5c;
    } else if (byte === 0x22) {
      inString = true;
      escaped = false;
    } else if (byte === 0x7b || byte === 0x5b) {
      count += 1;
      depth += 1;
      deepestSeen = Math.max(deepestSeen, depth);
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    } else if (byte === 0x2c) {
      count += 1;
    }
    if (count > mostParts || depth > deepest) {
      break;
    }
  }
  return { count, depth: deepestSeen };
}

function decode(bytes: Uint8Array): string | null {
  try {
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // JSON holds no NUL, but plain text in UTF-16 is full of them, and valid UTF-8 by chance.
    return decoded.includes("\0") ? null : decoded;
  } catch {
    return null;
  }
}

function parse(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

function text(header: ReplyHeaders[string]): string {
  return typeof header === "string" ? header : (header ?? []).join(",");
}

/** A header in a message: short, and only characters that headers are made of. */
function short(header: string): string {
  return header.slice(0, 40).replace(/[^\w/+.-]/g, "?");
}
