import * as z from "zod/mini";
import { errorSchema, ownHeader } from "../../contract/api.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import { steadyNowMs } from "./steadyClock.ts";

/** Why an answer of our own server could not be used. */
export type ApiFailureKind = "unreachable" | "timeout" | "http" | "invalid";

type Refusal = Pick<ApiError, "httpStatus" | "code" | "retryAfterMs">;

/** An answer of our own server that could not be used, in words for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly kind: ApiFailureKind;
  /** The HTTP status; null when there was no answer. */
  readonly httpStatus: number | null;
  /** The server's own code of the error; null where it is not our server's. */
  readonly code: string | null;
  /** How long the server asks to wait; 0 where it does not. */
  readonly retryAfterMs: number;
  /** The build that sent what is not understood, where it says so: the server may be newer than this page. */
  readonly build: string | null;

  constructor(
    kind: ApiFailureKind,
    message: string,
    answer: Partial<Refusal> = {},
    build: string | null = null,
  ) {
    super(message);
    this.kind = kind;
    this.httpStatus = answer.httpStatus ?? null;
    this.code = answer.code ?? null;
    this.retryAfterMs = answer.retryAfterMs ?? 0;
    this.build = build;
  }
}

/** An answer, when it was asked for and when it came, by {@link steadyNowMs}. */
export type Heard<Answer> = {
  readonly answer: Answer;
  readonly askedAtMs: number;
  readonly receivedAtMs: number;
  /** What time it is in a replay at this very moment; an answer of the present has none. */
  readonly clock?: () => EpochMs;
};

/** What is drawn. */
export type Received<Answer> = Heard<Answer> & {
  /**
   * The newest answer, where this one is drawn on because newer ones tell the same of another moment. What counts or judges
   * an age goes by the newest; see {@link newestOf}.
   */
  readonly newest?: { current: Heard<Answer> };
};

/** The newest answer behind what is drawn: itself, unless newer ones tell the same. */
export function newestOf<Answer>(received: Received<Answer>): Heard<Answer> {
  return received.newest?.current ?? received;
}

/** One deadline over the whole exchange, the body included: a hung request must not end the polling. */
export const deadlineMs = 5000;

type Asking = {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  /** What to send; without it the server is only asked. */
  readonly post?: unknown;
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
): Promise<Heard<Answer>> {
  const askedAtMs = steadyNowMs();
  const { ok, status, text, retryAfterMs } = await exchange(path, asking);
  const receivedAtMs = steadyNowMs();
  const body = parseJson(text);
  if (!ok) {
    const failure = errorSchema.safeParse(body);
    const { code, message } = failure.success ? failure.data.error : { code: null, message: "" };
    const refusal = { httpStatus: status, code, retryAfterMs };
    throw new ApiError("http", message || `The server answered ${status}.`, refusal);
  }
  const read = z.safeParse(schema, body);
  if (!read.success) {
    const message = "The server's answer is not what this page understands.";
    const built = builtSchema.safeParse(body);
    const build = built.success ? built.data.build : null;
    throw new ApiError("invalid", message, { httpStatus: status }, build);
  }
  return { answer: read.data, askedAtMs, receivedAtMs };
}

const builtSchema = z.object({ build: z.string() });

type Exchange = {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number;
};

async function exchange(path: string, asking: Asking): Promise<Exchange> {
  const { signal, timeoutMs = deadlineMs, post } = asking;
  const { fetch = globalThis.fetch.bind(globalThis) } = asking;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(new URL(path, document.baseURI), {
      signal: AbortSignal.any([signal, deadline]),
      ...(post === undefined
        ? { headers: { accept: "application/json" } }
        : {
            method: "POST",
            headers: {
              accept: "application/json",
              "content-type": "application/json",
              [ownHeader]: "1",
            },
            body: JSON.stringify(post),
          }),
      credentials: "same-origin",
      cache: "no-store",
    });
    const { ok, status, headers } = response;
    const seconds = /^\d{1,5}$/.exec(headers.get("retry-after") ?? "")?.[0] ?? "0";
    return { ok, status, text: await response.text(), retryAfterMs: Number(seconds) * 1000 };
  } catch (error) {
    if (deadline.aborted) {
      throw new ApiError("timeout", "The server did not answer in time.");
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError("unreachable", `The server can't be reached: ${reason}`);
  }
}

/** Reads JSON; undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Not JSON, e.g. a gateway's page: no schema will take it.
    return undefined;
  }
}
