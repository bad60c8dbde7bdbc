import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../api/fetchJson.ts";
import { createQueryClient } from "../../api/queryClient.ts";
import { SignInGate } from "./SignInGate.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const refusal = new ApiError("http", "Sign in with a user and password.", {
  httpStatus: 401,
  code: "sign-in-required",
});

/** A page that is polled, and answered as long as one is let in. */
function open(door: { isOpen: boolean }) {
  const client = createQueryClient();
  function Polled() {
    const { data } = useQuery({
      queryKey: ["page"],
      queryFn: async () => {
        if (!door.isOpen) {
          throw refusal;
        }
        return "Idle";
      },
      meta: { live: true },
    });
    return <p>{data ?? "Asking"}</p>;
  }
  render(
    <QueryClientProvider client={client}>
      <SignInGate>
        <Polled />
      </SignInGate>
    </QueryClientProvider>,
  );
  return client;
}

/** A server that knows one password and opens the door for it. */
function serve(door: { isOpen: boolean }): void {
  vi.stubGlobal("fetch", async (_address: URL, options: RequestInit) => {
    door.isOpen = options.body === JSON.stringify({ user: "noc", password: "right" });
    return door.isOpen
      ? Response.json({ kind: "session", name: "noc" })
      : Response.json(
          { error: { code: "wrong-password", message: "Not known." } },
          { status: 401 },
        );
  });
}

function fill(password: string): void {
  fireEvent.change(screen.getByLabelText("User"), { target: { value: "noc" } });
  fireEvent.change(screen.getByLabelText("Password"), { target: { value: password } });
  fireEvent.submit(screen.getByLabelText("User").closest("form") ?? document.body);
}

describe("a page whose viewer is not let in", () => {
  it("asks to sign in, says what was wrong, and shows itself after", async () => {
    const door = { isOpen: false };
    serve(door);
    open(door);
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Sign in");
    expect(document.title).toBe("Sign in · Upgrade Watch");
    fill("wrong");
    expect((await screen.findByText("Not known.")).getAttribute("role")).toBe("alert");
    expect(screen.getByLabelText("Password").getAttribute("aria-invalid")).toBe("true");
    fill("right");
    expect(await screen.findByText("Idle")).toBeDefined();
    expect(screen.queryByLabelText("Password")).toBe(null);
  });

  it.each([
    ["/wall", true],
    ["/wall/lon", true],
    ["/", false],
  ])("hears on %s of display passes: %s", async (path, isTold) => {
    history.replaceState(null, "", path);
    open({ isOpen: false });
    await screen.findByRole("heading", { level: 1 });
    expect(screen.queryByText(/display pass/) !== null).toBe(isTold);
  });

  it("keeps its picture, drained, when the session ends, and recovers by itself", async () => {
    const door = { isOpen: true };
    const client = open(door);
    const picture = await screen.findByText("Idle");
    expect(picture.closest("[data-live=false]")).toBe(null);
    door.isOpen = false;
    await client.refetchQueries();
    expect((await screen.findByRole("alert")).textContent).toContain("Sign in again.");
    expect(screen.getByText("Idle").closest("[data-live=false]")).not.toBe(null);
    // Signed in elsewhere: the next poll is answered.
    door.isOpen = true;
    await client.refetchQueries();
    await waitFor(() => expect(screen.queryByText("Sign in again.")).toBe(null));
    expect(screen.getByText("Idle").closest("[data-live=false]")).toBe(null);
  });
});
