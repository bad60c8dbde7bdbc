/** The one place where secrets are read; everything that leaves the process passes {@link scrub}. */
import { readFile } from "node:fs/promises";
import type { GatheredBody } from "../../contract/gatherBody.ts";
import { codeOf } from "../errorCode.ts";

const known = new Set<string>();
/** Bodies that were looked through, with what was made of them; begun anew with every secret that comes or goes. */
let scrubbed = new WeakMap<GatheredBody, GatheredBody>();

/** Shorter values occur in ordinary text; taking them out would garble it and hide nothing. */
const shortestSecret = 6;

/** A secret that can't be used; the message never holds the secret. */
export class SecretError extends Error {
  override readonly name = "SecretError";
}

/** Lets {@link scrub} know a value. */
export function rememberSecret(value: string): void {
  if (value.length >= shortestSecret && !known.has(value)) {
    known.add(value);
    scrubbed = new WeakMap();
  }
}

/** Lets {@link scrub} forget a token that no longer opens anything, so that a long run does not collect them. */
export function forgetSecret(value: string): void {
  known.delete(value);
  scrubbed = new WeakMap();
}

/** Takes every known secret out of a text, also in the form that it has inside JSON. */
export function scrub(text: string): string {
  let clean = text;
  // The longest first: one secret may be the beginning of another.
  for (const secret of [...known].sort((one, other) => other.length - one.length)) {
    for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) {
      clean = clean.replaceAll(form, "[secret]");
    }
  }
  return clean;
}

/**
 * A body without any known secret: what a cluster echoes of our own token must not go on to browsers or the disk.
 *
 * @param body JSON, in which any character of a secret may be written as an escape
 */
export function scrubBytes(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.includes("\\")) {
    const text = bytes.toString("utf8");
    return Buffer.from(
      [...known].reduce((clean, secret) => clean.replace(inEscapes(secret), "[secret]"), text),
      "utf8",
    );
  }
  return [...known].some((secret) => bytes.includes(secret))
    ? Buffer.from(scrub(bytes.toString("utf8")), "utf8")
    : body;
}

/** The same for what was gathered; one that was looked through already comes back as the same object. */
export function scrubBody(body: GatheredBody): GatheredBody {
  const before = scrubbed.get(body);
  if (before !== undefined) {
    return before;
  }
  const clean = { ...body, kept: scrubBytes(body.kept) };
  scrubbed.set(body, clean);
  return clean;
}

/** Finds a secret in JSON, each of its characters as it is, behind a backslash, or by its number. */
function inEscapes(secret: string): RegExp {
  const forms = Array.from(secret, (character) => {
    const [high = "", low = ""] = (character.codePointAt(0) ?? 0).toString(16).padStart(2, "0");
    const digits = [high, low].map((digit) => `[${digit}${digit.toUpperCase()}]`).join("");
    const itself = `\\x${high}${low}`;
    return /[\\"/]/.test(character)
      ? `(?:\\\\${itself}|${itself}|\\\\u00${digits})`
      : `(?:${itself}|\\\\u00${digits})`;
  });
  return new RegExp(forms.join(""), "g");
}

/**
 * Reads a secret from a file: a byte order mark and white space around it are taken off.
 *
 * @throws SecretError when there is no such file, nothing in it, or characters that no token has
 */
export async function readSecretFile(path: string): Promise<string> {
  const content = await readFile(path, "utf8").catch((error: unknown) => {
    const code = codeOf(error) || "unreadable";
    throw new SecretError(`The secret file ${path} can't be read (${code}).`);
  });
  return checkSecret(content, `The secret file ${path}`);
}

/**
 * Reads a secret from an environment variable.
 *
 * @throws SecretError
 */
export function readSecretVariable(name: string): string {
  return checkSecret(process.env[name] ?? "", `The environment variable ${name}`);
}

function checkSecret(content: string, source: string): string {
  const secret = content.replace(/^\ufeff/, "").trim();
  if (secret === "") {
    throw new SecretError(`${source} is empty.`);
  }
  if (!/^[\x20-\x7e]+$/.test(secret)) {
    throw new SecretError(`${source} holds characters that no secret has, or more than one line.`);
  }
  rememberSecret(secret);
  return secret;
}
