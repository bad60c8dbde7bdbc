import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { time } from "../../contract/api.ts";
import { ApiError, fetchJson } from "./fetchJson.ts";

const schema = z.object({ now: time });
const iso = "2026-11-23T14:07:26.000Z";

async function ask(
  answer: (signal: AbortSignal) => Response | Promise<Response>,
  timeoutMs = 5000,
) {
  const { signal } = new AbortController();
  return fetchJson(schema, "api/clusters", {
    signal,
    timeoutMs,
    fetch: async (_address, options) => answer(options.signal ?? signal),
  });
}

async function failureOf(asked: Promise<unknown>): Promise<ApiError> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof ApiError) {
      return error;
    }
    throw error;
  }
  throw new Error("It did not fail.");
}

/** An answer whose headers come and whose body never does. */
function hungBody(signal: AbortSignal): Response {
  const body = new ReadableStream({
    start: (controller) =>
      signal.addEventListener("abort", () => controller.error(signal.reason), { once: true }),
  });
  return new Response(body, { status: 200 });
}

describe("asking our own server", () => {
  it("reads times into moments and notes when it asked", async () => {
    const received = await ask(() => Response.json({ now: iso }));
    expect(received.answer).toEqual({ now: Date.parse(iso) });
    expect(received.receivedAtMs).toBeGreaterThanOrEqual(received.askedAtMs);
  });

  it("tells the code of a refusal, and how long to wait where the server says so", async () => {
    const refusal = { error: { code: "too-many-requests", message: "Try again in 7 seconds." } };
    const refused = (after: string): Promise<ApiError> =>
      failureOf(
        ask(() => Response.json(refusal, { status: 429, headers: { "retry-after": after } })),
      );
    expect(await refused("7")).toMatchObject({
      message: "Try again in 7 seconds.",
      code: "too-many-requests",
      retryAfterMs: 7000,
    });
    expect(await refused("Tue, 24 Nov 2026 10:00:00 GMT")).toMatchObject({ retryAfterMs: 0 });
  });

  it("sends JSON with the header that only our own pages can send", async () => {
    const sent: RequestInit[] = [];
    await fetchJson(schema, "api/sign-in", {
      signal: new AbortController().signal,
      post: { user: "noc" },
      fetch: async (_address, options) => {
        sent.push(options);
        return Response.json({ now: iso });
      },
    });
    expect(sent).toMatchObject([
      {
        method: "POST",
        headers: { "content-type": "application/json", "x-upgrade-watch": "1" },
        body: '{"user":"noc"}',
      },
    ]);
  });

  it("keeps one deadline over headers and body", async () => {
    expect(await failureOf(ask(hungBody, 20))).toMatchObject({ kind: "timeout" });
  });

  it("says what the server says of a failure, and never reads a gateway's page as one", async () => {
    const unknown = { error: { code: "not-found", message: "There is no cluster x." } };
    expect(await failureOf(ask(() => Response.json(unknown, { status: 404 })))).toMatchObject({
      kind: "http",
      httpStatus: 404,
      message: "There is no cluster x.",
    });
    const page = (): Response => new Response("<h1>Bad gateway</h1>", { status: 502 });
    expect(await failureOf(ask(page))).toMatchObject({
      kind: "http",
      httpStatus: 502,
      message: "The server answered 502.",
    });
  });

  it.each(["<html></html>", "{", "{}", '{"now":"yesterday"}', ""])(
    "takes no %j for an answer",
    async (text) => {
      expect(await failureOf(ask(() => new Response(text)))).toMatchObject({ kind: "invalid" });
    },
  );

  it("tells that the server can't be reached", async () => {
    const refuse = (): never => {
      throw new TypeError("Failed to fetch");
    };
    expect(await failureOf(ask(refuse))).toMatchObject({ kind: "unreachable", httpStatus: null });
  });
});
