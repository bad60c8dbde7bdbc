import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Behaviour } from "./testing/faultServer.ts";
import { idle, kindOf, makeRig, messageOf, patientMs, type Rig, shortMs } from "./testing/rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(() => rig.cleanUp());

const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const body = JSON.stringify(idle);
const size = body.length;
const chunked = `${size.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

const sendWire =
  (bytes: string | Uint8Array): Behaviour =>
  (response) =>
    void response.socket?.end(bytes);

async function pollOf(behaviour: Behaviour, timeoutMs = patientMs) {
  const server = await rig.serve(behaviour);
  const cluster = rig.open([server.url]);
  return { poll: await cluster.pollStatus(timeoutMs), cluster, server };
}

describe("a reply whose lengths lie", () => {
  it.each([
    ["two lengths", `content-length: ${size}\r\ncontent-length: 3\r\n\r\n${body}`, "length"],
    ["the same length twice", `content-length: ${size}, ${size}\r\n\r\n${body}`, "length"],
    [
      "a length and chunks",
      `content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${chunked}`,
      "",
    ],
    ["a length too short", `content-length: ${size - 5}\r\n\r\n${body}`, "cut off"],
    ["a negative length", `content-length: -1\r\n\r\n${body}`, "HTTP"],
    ["a chunk without a size", `transfer-encoding: chunked\r\n\r\nzz\r\n${body}`, "HTTP"],
  ])("is invalid and its connection is dropped: %s", async (_, lengths, words) => {
    const { poll, cluster, server } = await pollOf(sendWire(`${head}${lengths}`));
    expect(kindOf(poll)).toBe("invalid");
    expect(messageOf(poll)).toContain(words);
    server.behave(sendWire(`${head}content-length: ${size}\r\n\r\n${body}`));
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(server.connections()).toBe(2);
  });

  it.each([
    ["a length too long", `content-length: ${size + 5}\r\n\r\n${body}`],
    ["chunks without an end", `transfer-encoding: chunked\r\n\r\n${size.toString(16)}\r\n${body}`],
    ["an endless extension", `transfer-encoding: chunked\r\n\r\n1;${"x".repeat(200_000)}\r\n{\r\n`],
  ])("is cut off: %s", async (_, lengths) => {
    const { poll } = await pollOf(sendWire(`${head}${lengths}`));
    expect(kindOf(poll)).toBe("reset");
  });

  it("is over at the deadline where its last chunk never comes", async () => {
    const { poll } = await pollOf((response) => {
      response.socket?.write(`${head}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`);
    }, shortMs);
    expect(kindOf(poll)).toBe("timeout");
  });

  it("may have no length at all, and end with its connection", async () => {
    const { poll } = await pollOf(sendWire(`${head}\r\n${body}`));
    expect(kindOf(poll)).toBe("ok");
  });
});

describe("headers without measure", () => {
  const many = Array.from({ length: 3000 }, (_, index) => `h${index}: v`).join("\r\n");

  it.each([
    ["one of 17 kB", `x: ${"y".repeat(17_000)}`],
    ["one of 1 MB", `x: ${"y".repeat(1_000_000)}`],
    ["three thousand of them", many],
  ])("are refused at 16 KiB: %s", async (_, headers) => {
    const { poll } = await pollOf(sendWire(`${head}${headers}\r\n\r\n${body}`));
    expect([kindOf(poll), messageOf(poll)]).toEqual([
      "invalid",
      "The reply's headers are too long.",
    ]);
  });
});

describe("bytes that are no text", () => {
  const marked = (text: string): string => JSON.stringify({ ...idle, error_info: text });
  const bytesOf = (...bytes: number[]): Buffer =>
    Buffer.concat([
      Buffer.from('{"state":"UPGRADE_STATE_IDLE","error_info":"'),
      Buffer.from(bytes),
    ]);

  it.each([
    ["UTF-16, little end first", Buffer.from(`\ufeff${body}`, "utf16le")],
    ["UTF-16, big end first", Buffer.from(`\ufeff${body}`, "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from(body, "utf16le")],
    ["Latin-1", Buffer.from(marked("Größe"), "latin1")],
    ["an overlong form", Buffer.concat([bytesOf(0xc0, 0xaf), Buffer.from('"}')])],
    ["half a pair in three bytes", Buffer.concat([bytesOf(0xed, 0xa0, 0x80), Buffer.from('"}')])],
    [
      "beyond the last character",
      Buffer.concat([bytesOf(0xf4, 0x90, 0x80, 0x80), Buffer.from('"}')]),
    ],
    ["0xFF", Buffer.concat([bytesOf(0xff), Buffer.from('"}')])],
    ["an end in the middle of a character", bytesOf(0xf0, 0x9f)],
  ])("are refused as such: %s", async (_, bytes) => {
    const { poll } = await pollOf((response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(bytes);
    });
    expect([kindOf(poll), messageOf(poll)]).toEqual(["invalid", "The reply is not UTF-8."]);
  });
});

describe("a reply in pieces", () => {
  it("is the same wherever it is parted", { timeout: 60_000 }, async () => {
    const error_info = 'Größe 😀 \\ "ж\n\u0001';
    const text = JSON.stringify({ ...idle, error_info }).replace("Gr", "\\u0047r");
    const bytes = Buffer.from(`\ufeff${text}`);
    let at = 0;
    const server = await rig.serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write(bytes.subarray(0, at), () => response.end(bytes.subarray(at)));
    });
    const cluster = rig.open([server.url]);
    for (at = 1; at < bytes.length; at += 1) {
      // oxlint-disable-next-line no-await-in-loop
      const { outcome } = await cluster.pollStatus(patientMs);
      expect(outcome).toMatchObject({
        reading: { quality: "ok", status: { ...idle, error_info: 'Größe 😀 \\ "ж\n␁' } },
      });
    }
    expect(server.connections()).toBe(1);
  });
});

describe("keys that reach for a prototype", () => {
  it("change nothing, at any depth and over a real socket", async () => {
    const before = Reflect.ownKeys(Object.prototype);
    const poison = '{"polluted":1,"toString":1,"state":"UPGRADE_STATE_IDLE"}';
    for (const key of ["__proto__", "constructor", "prototype", "\\u005f_proto__"]) {
      const text = `{"${key}":${poison},"settings":{"${key}":${poison},"constructor":{"prototype":${poison}}}}`;
      // oxlint-disable-next-line no-await-in-loop
      const { poll } = await pollOf((response) => {
        response.writeHead(200, { "content-type": "application/json" }).end(text);
      });
      expect(messageOf(poll)).toBe("The reply names no state.");
    }
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
    expect("polluted" in {}).toBe(false);
  });
});
