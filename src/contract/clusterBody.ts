/** The steps from the bytes of a reply to a plain object, each of which can refuse. */
import { type BodyFlaw, type GatheredBody, gatherWhole } from "./gatherBody.ts";

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

/** A body as it came whole, or what was kept of it while it came. */
export type ReplyBody = Uint8Array | GatheredBody;

/** Why a reply is no valid one, for logs and tests. */
export type InvalidReason =
  | BodyFlaw
  | "content-encoding"
  | "content-type"
  | "html"
  | "empty"
  | "not-an-object"
  | "older-api-shape"
  | "no-state";

/** Something odd in a reply that is shown all the same. */
export type Remark = { readonly field: string; readonly message: string };

/** Reads a body as the plain object that it should be; nothing of it is ever echoed. */
export function readBody(body: ReplyBody, headers: ReplyHeaders): Body {
  if (body.length === 0) {
    return refuse("empty", "The reply is empty.");
  }
  const type = text(headers["content-type"]).split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "text/html" || type === "application/xhtml+xml") {
    return refusePage(body.length);
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
  const { kept, length, flaw } = body instanceof Uint8Array ? gatherWhole(body) : body;
  const value = flaw === null ? parse(kept) : undefined;
  if (value === undefined) {
    return refuseBytes(flaw ?? "not-json", kept, length);
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

function refusePage(length: number): Body {
  return refuse("html", `An unexpected page of ${length} bytes came in place of the answer.`);
}

function refuseBytes(flaw: BodyFlaw, kept: Uint8Array, length: number): Body {
  switch (flaw) {
    case "too-long":
      return refuse(flaw, "The reply is longer than 4 MiB.");
    case "too-many-parts":
      return refuse(flaw, "The reply is made of more parts than any status has.");
    case "not-utf-8":
      return refuse(flaw, "The reply is not UTF-8.");
    case "not-json":
      return decode(kept).trimStart().startsWith("<")
        ? refusePage(length)
        : refuse(flaw, `The reply of ${length} bytes is not JSON, or it is cut off.`);
  }
}

function decode(kept: Uint8Array): string {
  return new TextDecoder().decode(kept);
}

function parse(kept: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(decode(kept));
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
