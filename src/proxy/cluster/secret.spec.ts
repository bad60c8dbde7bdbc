import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  forgetSecret,
  readSecretFile,
  readSecretVariable,
  rememberSecret,
  scrub,
  scrubBytes,
  SecretError,
} from "./secret.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "upgrade-watch-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const readContent = async (content: string | Uint8Array): Promise<string> => {
  const path = join(folder, "token");
  await writeFile(path, content);
  return readSecretFile(path);
};

describe("a secret in a file", () => {
  it.each([
    ["alone", "access-v1:abc"],
    ["with a newline", "access-v1:abc\n"],
    ["with the newline of another system", "access-v1:abc\r\n"],
    ["with a byte order mark", "\ufeffaccess-v1:abc"],
  ])("is read %s", async (_, content) => {
    expect(await readContent(content)).toBe("access-v1:abc");
  });

  it.each([
    ["two lines", "canary-one\ncanary-two"],
    ["a control character", "canary\u0007"],
    ["other letters", "canarý"],
    ["nothing", ""],
    ["only white space", " \r\n"],
  ])("is refused where there is %s, and not repeated", async (_, content) => {
    const error = await readContent(content).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SecretError);
    expect(String(error)).toContain(join(folder, "token"));
    expect(String(error)).not.toContain("canar");
  });

  it("is refused by name where there is no such file", async () => {
    const path = join(folder, "nowhere");
    await expect(readSecretFile(path)).rejects.toThrow(`${path} can't be read (ENOENT)`);
  });
});

describe("a secret in the environment", () => {
  it("is refused where the variable is not set", () => {
    expect(() => readSecretVariable("UPGRADE_WATCH_NO_SUCH_VARIABLE")).toThrow(SecretError);
  });
});

describe("scrubbing", () => {
  it("takes every secret out that was read, wherever it stands", async () => {
    await readContent("access-v1:canary-1");
    expect(scrub("GET x: Bearer access-v1:canary-1, access-v1:canary-1")).toBe(
      "GET x: Bearer [secret], [secret]",
    );
  });

  it("takes a secret out in the form that it has inside JSON", () => {
    rememberSecret('quote"and\\slash');
    expect(scrub(JSON.stringify({ password: 'quote"and\\slash' }))).toBe('{"password":"[secret]"}');
  });

  it("leaves no rest of a secret that begins like another", () => {
    rememberSecret("session-v1:1");
    rememberSecret("session-v1:1234");
    expect(scrub("session-v1:1234")).toBe("[secret]");
  });

  it("leaves text alone that a very short secret would garble", () => {
    rememberSecret("a");
    expect(scrub("a banana")).toBe("a banana");
  });

  it("leaves text alone once a secret is over", () => {
    rememberSecret("session-v1:over");
    forgetSecret("session-v1:over");
    expect(scrub("session-v1:over")).toBe("session-v1:over");
  });
});

describe("a body that repeats a secret", () => {
  const secret = 'access-v1:a/b+c="d\\e==';
  const json = JSON.stringify({ error_info: `was ${secret} here` });

  it.each([
    ["as it is", json],
    ["with its slash escaped", json.replace("/", "\\/")],
    ["with some of it by numbers", json.replaceAll("=", "\\u003d").replace("+", "\\u002B")],
    [
      "all by numbers",
      `{"error_info":"was ${Array.from(secret, (one) => `\\u00${one.charCodeAt(0).toString(16)}`).join("")} here"}`,
    ],
  ])("has it taken out: %s", (_, body) => {
    rememberSecret(secret);
    expect(JSON.parse(body)).toEqual({ error_info: `was ${secret} here` });
    const clean: unknown = JSON.parse(new TextDecoder().decode(scrubBytes(Buffer.from(body))));
    forgetSecret(secret);
    expect(clean).toEqual({ error_info: "was [secret] here" });
  });
});
