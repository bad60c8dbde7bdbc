/** Answers to what never reaches the application: broken requests, unknown verbs, clients that take too long. */
import { type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { codeOf } from "../errorCode.ts";
import { errorBody, type ErrorCode, jsonType, statuses } from "./answer.ts";

type Headers = Readonly<Record<string, string>>;

/**
 * Answers on the server's own behalf where Node would close the connection or answer without our headers.
 *
 * @param headers those of every answer
 */
export function answerOnTheWire(server: Server, headers: Headers): void {
  server.on("clientError", (error, socket) => {
    const { code, message } = refusalOf(codeOf(error), firstWord(error));
    refuse(socket, code, message, headers);
  });
  server.on("connect", (_request, socket) => {
    refuse(socket, "method-not-allowed", onlyGet, { ...headers, ...allow });
  });
  server.on("checkExpectation", (_request, response) => {
    const body = errorBody("bad-request", "This server meets no expectation but 100-continue.");
    response.writeHead(417, { ...headers, ...closing(body) }).end(body);
  });
}

/** An answer of the same form for requests that the application's own parser refuses. */
export function unreadable(headers: Headers): Response {
  const body = errorBody("bad-request", "The request can't be read.");
  return new Response(body, {
    status: statuses["bad-request"],
    headers: { ...headers, "Content-Type": jsonType, "Cache-Control": "no-store" },
  });
}

const onlyGet = "Only GET is answered here.";
const allow = { Allow: "GET, HEAD" };

type Refusal = { readonly code: ErrorCode; readonly message: string };

function refusalOf(code: string, verb: string): Refusal {
  switch (code) {
    case "HPE_INVALID_METHOD":
      return verb === ""
        ? { code: "bad-request", message: "This is no HTTP." }
        : { code: "method-not-allowed", message: onlyGet };
    case "HPE_HEADER_OVERFLOW":
      return { code: "headers-too-large", message: "The request's headers are too long." };
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return { code: "body-not-allowed", message: "The request's body is not accepted." };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return { code: "too-slow", message: "The request did not come in time." };
    default:
      return { code: "bad-request", message: "The request can't be read." };
  }
}

/** The verb of a request that the parser gave up at; empty for what looks like no request at all, e.g. a TLS hello. */
function firstWord(error: object): string {
  const packet =
    "rawPacket" in error && error.rawPacket instanceof Uint8Array ? error.rawPacket : [];
  return /^([A-Z-]{1,32}) /.exec(Buffer.from(packet.slice(0, 40)).toString("latin1"))?.[1] ?? "";
}

function refuse(socket: Duplex, code: ErrorCode, message: string, headers: Headers): void {
  // A client that is gone can't be told anything, and what is half sent must not be followed by another answer.
  if (!socket.writable || ("bytesWritten" in socket && hasBegun(socket))) {
    socket.destroy();
    return;
  }
  const body = errorBody(code, message);
  const status = statuses[code];
  const lines = Object.entries({
    ...headers,
    ...(code === "method-not-allowed" ? allow : {}),
    ...closing(body),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${body}`);
  // Whoever does not close his end is not waited for.
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

/** What every answer says that ends its connection. */
function closing(body: string): Headers {
  return {
    "Content-Type": jsonType,
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "no-store",
    Connection: "close",
  };
}

const lingerMs = 2000;

/** Whether an answer of Node's is under way on the connection. */
function hasBegun(socket: object): boolean {
  const message: unknown = Reflect.get(socket, "_httpMessage");
  return typeof message === "object" && message !== null && "headersSent" in message
    ? message.headersSent === true
    : false;
}
