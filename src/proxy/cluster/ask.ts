import type { Failure } from "../../upgrade/observation.ts";
import type { Deadline } from "./deadline.ts";
import type { Exchange, paths, Reply } from "./exchange.ts";
import { httpFailureOf, retryAfterMs } from "./httpFailure.ts";
import type { Attendance } from "./session.ts";

/** A question that was not answered with 200. */
export type Refusal = {
  readonly kind: "failure";
  readonly failure: Failure;
  readonly trust: boolean;
  /** Null when there was no answer. */
  readonly httpStatus: number | null;
  readonly retryAfterMs: number | null;
};

/** What an address answers. */
export type Answer = { readonly kind: "reply"; readonly reply: Reply } | Refusal;

/** Asks one address, with the token that there is, and once more with a new one after a 401. */
export async function ask(
  exchange: Exchange,
  what: keyof typeof paths,
  attendance: Attendance,
  deadline: Deadline,
): Promise<Answer> {
  const signedIn = await attendance.bearer(exchange, deadline);
  if (!signedIn.ok) {
    // Its status matters: a password that was refused must not be sent again at the pace of the polls.
    return refusal(signedIn.failure, signedIn.httpStatus);
  }
  let { bearer } = signedIn;
  let result = await exchange.read(what, bearer, deadline);
  if (result.ok && result.reply.httpStatus === 401) {
    const renewed = await attendance.renew(exchange, deadline);
    if (renewed !== "nothing-new" && !renewed.ok) {
      const isDenied = renewed.failure.kind === "auth";
      return refusal(renewed.failure, renewed.httpStatus ?? (isDenied ? 401 : null));
    }
    if (renewed !== "nothing-new") {
      bearer = renewed.bearer;
      result = await exchange.read(what, bearer, deadline);
    }
  }
  if (!result.ok) {
    return refusal(result.failure);
  }
  const { reply } = result;
  if (reply.httpStatus === 200) {
    return { kind: "reply", reply };
  }
  const failure = httpFailureOf(reply, bearer !== null);
  return refusal(failure, reply.httpStatus, retryAfterMs(reply.headers));
}

function refusal(
  failure: Failure,
  httpStatus: number | null = null,
  waitMs: number | null = null,
): Refusal {
  const trust = failure.trust === true;
  return { kind: "failure", failure, trust, httpStatus, retryAfterMs: waitMs };
}
