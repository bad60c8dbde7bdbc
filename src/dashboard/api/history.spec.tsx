import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { minute, start, Story } from "../../upgrade/testing/story.ts";
import { askers } from "./asker.ts";
import { ApiError } from "./fetchJson.ts";
import { useHistory } from "./history.ts";

const { spans } = new Story().heard("idle", minute).heard("preparing", minute, [0, 40]);

const dated = (at: number): string => new Date(at).toISOString();
const sent = spans.map((span) => ({ ...span, from: dated(span.from), to: dated(span.to) }));

/** A page whose server answers, cannot be reached, or answers that it can't tell. */
function page() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const server: { failure: ApiError | null } = { failure: null };
  askers.set(client, async (schema) => {
    if (server.failure !== null) {
      throw server.failure;
    }
    const answer = schema.parse({ now: dated(start), revision: "r", spans: sent });
    return { answer, askedAtMs: 0, receivedAtMs: 0 };
  });
  const wrapper = ({ children }: { readonly children: ReactNode }): ReactNode => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const initialProps = { id: "one", revision: "r1" };
  const hook = renderHook(({ id, revision }) => useHistory(id, start, revision), {
    wrapper,
    initialProps,
  });
  return { server, ...hook };
}

describe("the history that is drawn", () => {
  it("stays up while a newer one can't be reached", async () => {
    const { server, result, rerender } = page();
    await waitFor(() => expect(result.current.spans).toHaveLength(spans.length));
    server.failure = new ApiError("unreachable", "The server can't be reached");
    rerender({ id: "one", revision: "r2" });
    expect(result.current.spans).toHaveLength(spans.length);
    await waitFor(() => expect(result.current.failure).not.toBeNull());
    expect(result.current.spans).toHaveLength(spans.length);
  });

  it("goes once the server answers that it can't tell it", async () => {
    const { server, result, rerender } = page();
    await waitFor(() => expect(result.current.spans).toHaveLength(spans.length));
    server.failure = new ApiError("http", "It can't be read.", { httpStatus: 503 });
    rerender({ id: "one", revision: "r2" });
    await waitFor(() => expect(result.current.failure?.message).toBe("It can't be read."));
    expect(result.current.spans).toBeUndefined();
  });

  it("is never that of another cluster", async () => {
    const { server, result, rerender } = page();
    await waitFor(() => expect(result.current.spans).toHaveLength(spans.length));
    server.failure = new ApiError("unreachable", "The server can't be reached");
    rerender({ id: "two", revision: "r1" });
    expect(result.current.spans).toBeUndefined();
    await waitFor(() => expect(result.current.failure).not.toBeNull());
    expect(result.current.spans).toBeUndefined();
  });
});
