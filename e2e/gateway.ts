/** What stands between a page and our server in real life, a reverse proxy, misbehaving as a test says. */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import * as z from "zod/mini";

/** How it treats what is asked of the API; the page's own files always pass. */
export type Treatment =
  /** Passes it on. */
  | "pass"
  /** Takes the request and never answers. */
  | "silent"
  /** Sends headers, a first piece of the body, and no more. */
  | "headers-only"
  /** 503 in plain text, as a gateway says it. */
  | "unavailable"
  /** What it was told to keep, over and over, as a cache does. */
  | "replay";

/** A gateway in front of one server. */
export type Gateway = {
  readonly url: string;
  /** The paths that were asked for, oldest first. */
  readonly paths: readonly string[];
  readonly treat: (treatment: Treatment) => void;
  /** Keeps what was answered last, to replay it. */
  readonly keep: () => void;
  readonly stop: () => Promise<void>;
};

const portSchema = z.object({ port: z.number() });

/** Starts a gateway on a free port of loopback. */
export async function startGateway(upstream: string): Promise<Gateway> {
  let treatment: Treatment = "pass";
  const last = new Map<string, Buffer>();
  let kept = new Map<string, Buffer>();
  const paths: string[] = [];
  const server = createServer((asked, answer) => {
    const path = asked.url ?? "/";
    paths.push(path);
    if (path.startsWith("/api/") && treatment !== "pass") {
      mistreat(treatment, kept.get(path), answer);
    } else {
      void passOn(upstream, asked, answer).then((body) => last.set(path, body));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = portSchema.parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    treat: (next) => {
      treatment = next;
    },
    keep: () => {
      kept = new Map(last);
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function passOn(
  upstream: string,
  asked: IncomingMessage,
  answer: ServerResponse,
): Promise<Buffer> {
  const to = new URL(asked.url ?? "/", upstream);
  const headers = { ...asked.headers, host: to.host, "accept-encoding": "identity" };
  try {
    const sent = request(to, { method: asked.method ?? "GET", headers }).end();
    const [got]: IncomingMessage[] = await once(sent, "response");
    if (got === undefined) {
      throw new Error("There was no answer.");
    }
    const body = await buffer(got);
    answer.writeHead(got.statusCode ?? 502, got.headers).end(body);
    return body;
  } catch {
    // The server is gone: that is what its users get to see of it.
    answer.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>");
    return Buffer.alloc(0);
  }
}

function mistreat(
  treatment: Exclude<Treatment, "pass">,
  kept: Buffer | undefined,
  answer: ServerResponse,
): void {
  const json = { "content-type": "application/json; charset=utf-8" };
  switch (treatment) {
    case "silent":
      return;
    case "headers-only":
      answer.writeHead(200, json).write('{"now":');
      return;
    case "unavailable":
      answer.writeHead(503, { "content-type": "text/plain" }).end("Service Unavailable");
      return;
    case "replay":
      answer.writeHead(200, json).end(kept);
  }
}
