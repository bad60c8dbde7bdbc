import { QueryObserver } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { ApiError } from "./fetchJson.ts";
import { createQueryClient } from "./queryClient.ts";
import { followSignedOut } from "./signedOut.ts";

const signInRequired = new ApiError("http", "Sign in.", {
  httpStatus: 401,
  code: "sign-in-required",
});
const elsewhere = new ApiError("http", "Over there.", {
  httpStatus: 401,
  code: "sign-in-elsewhere",
});

/** A polled question that is answered, or fails, as told. */
function following(live = true) {
  const client = createQueryClient();
  const store = followSignedOut(client);
  let told = 0;
  store.subscribe(() => (told += 1));
  const next: { result: number | Error } = { result: 1 };
  const observer = new QueryObserver(client, {
    queryKey: ["question"],
    queryFn: async () => {
      if (next.result instanceof Error) {
        throw next.result;
      }
      return next.result;
    },
    enabled: false,
    meta: { live },
  });
  observer.subscribe(() => {});
  const hear = async (result: number | Error) => {
    next.result = result;
    await observer.refetch();
    return store.get();
  };
  return { hear, told: () => told };
}

describe("being signed out", () => {
  it("begins with a 401, says whether a picture is there, and ends with an answer", async () => {
    const { hear, told } = following();
    expect(await hear(signInRequired)).toEqual({
      message: "Sign in.",
      byPassword: true,
      hasPicture: false,
    });
    expect(await hear(1)).toBe(null);
    expect(await hear(elsewhere)).toEqual({
      message: "Over there.",
      byPassword: false,
      hasPicture: true,
    });
    const before = told();
    await hear(elsewhere);
    expect(told()).toBe(before);
    expect(await hear(2)).toBe(null);
  });

  it("does not end because the server is lost as well, nor begin for that", async () => {
    const { hear } = following();
    const lost = new ApiError("unreachable", "Gone.");
    expect(await hear(lost)).toBe(null);
    await hear(signInRequired);
    expect(await hear(lost)).toMatchObject({ message: "Sign in." });
  });

  it("is not told by a question that nobody polls", async () => {
    expect(await following(false).hear(signInRequired)).toBe(null);
  });
});
