import * as z from "zod/mini";
import { errorSchema } from "../../contract/api.ts";
import { steadyNowMs } from "./steadyClock.ts";

/** Why an answer of our own server could not be used. */
export type ApiFailureKind = "unreachable" | "timeout" | "http" | "invalid";

/** An answer of our own server that could not be used, in words for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly kind: ApiFailureKind;
  /** The HTTP status; null when there was no answer. */
  readonly httpStatus: number | null;

  constructor(kind: ApiFailureKind, message: string, httpStatus: number | null = null) {
    super(message);
    this.kind = kind;
    this.httpStatus = httpStatus;
  }
}

/** An answer, when it was asked for and when it came, by {@link steadyNowMs}. */
export type Received<Answer> = {
  readonly answer: Answer;
  readonly askedAtMs: number;
  readonly receivedAtMs: number;
};

/** One deadline over the whole exchange, the body included: a hung request must not end the polling. */
export const deadlineMs = 5000;

type Asking = {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  readonly fetch?: (address: URL, options: RequestInit) => Promise<Response>;
};

/**
 * Asks our own server and checks the answer against its schema.
 *
 * @param path relative to where the page lives, so that it works below any base path
 * @throws ApiError
 */
export async function fetchJson<Answer>(
  schema: z.ZodMiniType<Answer>,
  path: string,
  asking: Asking,
): Promise<Received<Answer>> {
  const askedAtMs = steadyNowMs();
  const { ok, status, text } = await exchange(path, asking);
  const receivedAtMs = steadyNowMs();
  const body = parseJson(text);
  if (!ok) {
    const failure = errorSchema.safeParse(body);
    const said = failure.success ? failure.data.error.message : "";
    throw new ApiError("http", said || `The server answered ${status}.`, status);
  }
  const read = z.safeParse(schema, body);
  if (!read.success) {
    throw new ApiError("invalid", "The server's answer is not what this page understands.", status);
  }
  return { answer: read.data, askedAtMs, receivedAtMs };
}

type Exchange = { readonly ok: boolean; readonly status: number; readonly text: string };

async function exchange(path: string, asking: Asking): Promise<Exchange> {
  const { signal, timeoutMs = deadlineMs, fetch = globalThis.fetch.bind(globalThis) } = asking;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(new URL(path, document.baseURI), {
      signal: AbortSignal.any([signal, deadline]),
      headers: { accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
    });
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    if (deadline.aborted) {
      throw new ApiError("timeout", "The server did not answer in time.");
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError("unreachable", `The server can't be reached: ${reason}`);
  }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Not JSON, e.g. a gateway's page: no schema will take it.
    return undefined;
  }
}
