import type { IncomingMessage } from "node:http";
import { type Behaviour, type ClusterSituation, nodeView } from "../situation.ts";
import { answerTo, type PretendRequest, type ReplySource, unauthorized } from "./replies.ts";
import { type Exchange, send, serve } from "./serve.ts";

/** A request that a pretend cluster saw, for tests that ask what was sent. */
export type SeenRequest = Omit<PretendRequest, "body"> & {
  /** Which node saw it, counted from 0. */
  readonly node: number;
  readonly headers: IncomingMessage["headers"];
};

/** A pretend cluster that runs for weeks keeps this many of the newest requests. */
const mostRequests = 10_000;
const longestBody = 10_000;

/** Where the requests to all nodes of a pretend cluster are written down and answered. */
export class Desk {
  readonly requests: SeenRequest[] = [];
  private situation: ClusterSituation;
  private readonly source: Omit<ReplySource, "situation">;
  /** The nodes that have given the one 401 of `unauthorized-once`. */
  private readonly refusedOnce = new Set<number>();

  constructor(situation: ClusterSituation, source: Omit<ReplySource, "situation">) {
    this.situation = situation;
    this.source = source;
  }

  /** From now on the cluster is this. */
  show(situation: ClusterSituation): void {
    this.situation = situation;
    for (const node of this.refusedOnce) {
      if (nodeView(situation, node).behaviour !== "unauthorized-once") {
        this.refusedOnce.delete(node);
      }
    }
  }

  /** Answers a request to one node; never throws. */
  async answer(node: number, exchange: Exchange): Promise<void> {
    try {
      await this.respond(node, exchange);
    } catch {
      // Who asked has gone away in the middle of asking.
      exchange.response.destroy();
    }
  }

  private async respond(node: number, exchange: Exchange): Promise<void> {
    const { request } = exchange;
    const seen = {
      method: request.method ?? "",
      path: (request.url ?? "").split("?")[0] ?? "",
      authorization: request.headers.authorization,
    };
    this.requests.push({ ...seen, node, headers: request.headers });
    this.requests.splice(0, this.requests.length - mostRequests);
    const body = await bodyOf(request);
    const situation = nodeView(this.situation, node);
    const { behaviour, replies } = situation;
    const verbatim = replies[seen.path];
    if (behaviour === "answering" && verbatim !== undefined) {
      send(exchange, verbatim);
    } else if (asksStatusOnce(behaviour, seen.path) && !this.refusedOnce.has(node)) {
      this.refusedOnce.add(node);
      send(exchange, unauthorized());
    } else {
      serve(exchange, behaviour, answerTo({ ...seen, body }, { ...this.source, situation }));
    }
  }
}

function asksStatusOnce(behaviour: Behaviour, path: string): boolean {
  return behaviour === "unauthorized-once" && path.endsWith("/upgrade/status");
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let body = "";
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > longestBody) {
      break;
    }
  }
  return body;
}
