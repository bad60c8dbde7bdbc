/** Replies that are made to cost memory. */
import { gzipSync } from "node:zlib";
import type { Behaviour } from "./faultServer.ts";

const mebibyte = 1024 * 1024;
const json = { "content-type": "application/json" };

const send =
  (body: string | Buffer, headers: Record<string, string> = json): Behaviour =>
  (response) => {
    response.writeHead(200, headers);
    response.end(body);
  };

/** A status whose error text, written as in JSON, fills the body up to the most that is read. */
const filled = (piece: string, beforeText = '"error_info":"'): string => {
  const begin = `{"state":"UPGRADE_STATE_PREPARING","progress":37,"settings":null,${beforeText}`;
  const room = 4 * mebibyte - Buffer.byteLength(begin) - 2;
  return `${begin}${piece.repeat(Math.floor(room / Buffer.byteLength(piece)))}"}`;
};

/** As many parts as a reply may have, and as long as they may be, in letters that take two bytes each in memory. */
const manyParts = (): string => {
  const part = `"${"ж".repeat(95)}"`;
  const fields = Array.from({ length: 19_900 }, (_, index) => `"k${index}":${part}`);
  return `{"state":"UPGRADE_STATE_PREPARING","progress":37,"settings":null,"error_info":null,${fields.join(",")}}`;
};

const endless: Behaviour = (response) => {
  const piece = Buffer.alloc(256 * 1024, "x");
  response.writeHead(200, json);
  const write = (): void => {
    while (!response.destroyed && response.write(piece)) {
      // As fast as it is taken.
    }
    response.once("drain", write);
  };
  write();
};

const flood: Behaviour = (response) => {
  response.writeHead(200, { ...json, "x-flood": "x".repeat(mebibyte) });
  response.end("{}");
};

const bomb = gzipSync(Buffer.alloc(64 * mebibyte, " "));

/** By name: what is sent, and how the poll must end. */
export const worstReplies: readonly (readonly [string, Behaviour, RegExp])[] = [
  ["4 MiB of letters", send(filled("x")), /^ok$/],
  ["4 MiB of letters of two bytes", send(filled("ж")), /^ok$/],
  ["4 MiB of one emoji and letters", send(filled("x", '"error_info":"😀')), /^ok$/],
  ["4 MiB of marks on one letter", send(filled("\u0301")), /^ok$/],
  ["4 MiB of escapes", send(filled("\\u0436")), /^ok$/],
  ["4 MiB of controls", send(filled("\\u0000")), /^ok$/],
  ["4 MiB in 20,000 parts", send(manyParts()), /^ok$/],
  ["4 MiB in a key", send(filled("ж", '"')), /^invalid.*JSON/],
  [
    "4 MiB of white space",
    send(`${" ".repeat(4 * mebibyte - 100)}{"state":"UPGRADE_STATE_IDLE"}`),
    /^suspect$/,
  ],
  [
    "4 MiB of digits",
    send(filled("7", '"error_info":null,"x":7').slice(0, -2) + "}"),
    /^ok$|^invalid/,
  ],
  ["4 MiB of brackets", send("[".repeat(4 * mebibyte)), /^invalid.*parts/],
  ["more than 4 MiB", send(Buffer.alloc(16 * mebibyte, "x")), /^invalid.*4 MiB/],
  ["chunks without end", endless, /^invalid.*4 MiB/],
  ["a gzip bomb", send(bomb, { ...json, "content-encoding": "gzip" }), /^invalid.*gzip/],
  ["a header of 1 MB", flood, /^invalid.*headers/],
];
