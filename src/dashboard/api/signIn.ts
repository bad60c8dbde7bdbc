import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { viewerSchema } from "../../contract/viewer.ts";
import { fetchJson } from "./fetchJson.ts";

/** As whom the server lets this browser in. It is asked again after signing in, and by nobody else. */
export const viewerQuery = queryOptions({
  queryKey: ["viewer"],
  queryFn: ({ signal }) => fetchJson(viewerSchema, "api/viewer", { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
});

/**
 * Signs in, then asks everything again that is on screen.
 *
 * @throws ApiError with words for people
 */
export async function signIn(client: QueryClient, user: string, password: string): Promise<void> {
  const { signal } = new AbortController();
  await fetchJson(viewerSchema, "api/sign-in", { signal, post: { user, password } });
  await Promise.all([
    client.refetchQueries({ type: "active" }, { cancelRefetch: true }),
    client.invalidateQueries({ queryKey: viewerQuery.queryKey }),
  ]);
}

/**
 * Signs out.
 *
 * @throws ApiError with words for people
 */
export async function signOut(): Promise<void> {
  const { signal } = new AbortController();
  await fetchJson(viewerSchema, "api/sign-out", { signal, post: {} });
}
