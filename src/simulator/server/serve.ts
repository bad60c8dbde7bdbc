import type { IncomingMessage, ServerResponse } from "node:http";
import type { SimulatorClock } from "../clock.ts";
import type { Behaviour, RawReply } from "../situation.ts";
import type { PretendAnswer } from "./replies.ts";

/** A request on its way to its answer. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Ends the connection by a TCP reset. */
  readonly reset: () => void;
  readonly clock: SimulatorClock;
};

const html = { "content-type": "text/html; charset=utf-8" };
const unavailablePage = "<html><body><h1>503 Service Unavailable</h1></body></html>";
const bootingPage = "<!doctype html><title>Qumulo</title><p>The node is starting.</p>";
const dripMs = 100;

/** Answers as the behaviour demands, with the answer that a healthy node would give. */
export function serve(exchange: Exchange, behaviour: Behaviour, answer: PretendAnswer): void {
  switch (behaviour) {
    case "hang":
      return;
    case "reset":
    case "refused":
    case "broken-tls":
    case "silent-tls":
      exchange.reset();
      return;
    case "half-body":
      sendHalf(exchange, answer);
      return;
    case "drip":
      drip(exchange, answer);
      return;
    case "unavailable":
      send(exchange, { status: 503, headers: html, body: unavailablePage });
      return;
    case "html":
      send(exchange, { status: 200, headers: html, body: bootingPage });
      return;
    case "empty":
      send(exchange, { status: 200, headers: {}, body: "" });
      return;
    case "answering":
    case "unauthorized":
    case "unauthorized-once":
    case "forbidden":
      send(exchange, answer);
  }
}

/** Sends a reply as it is. */
export function send({ response }: Exchange, reply: RawReply): void {
  if ("wire" in reply) {
    const { socket } = response;
    if (reply.thenClose) {
      socket?.end(reply.wire);
    } else {
      socket?.write(reply.wire);
    }
    return;
  }
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
}

function sendHalf({ response, reset }: Exchange, { status, headers, body }: PretendAnswer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  // Only once the first half is on its way, or the reset would overtake it.
  response.write(bytes.subarray(0, bytes.length / 2), () => reset());
}

function drip({ response, clock }: Exchange, { status, headers, body }: PretendAnswer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  response.flushHeaders();
  let sent = 0;
  const end = clock.every(dripMs, () => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent >= bytes.length) {
      end();
      response.end();
    }
  });
  response.once("close", end);
}
