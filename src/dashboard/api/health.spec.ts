import { expect, it } from "vitest";
import { canLoadAgain } from "./health.ts";

type Answers = { readonly health: () => Response; readonly page: () => Response };

const page = (): Response => new Response("<!doctype html>");

async function asked({ health, page }: Answers): Promise<boolean> {
  return canLoadAgain(async (address) =>
    address instanceof URL && address.pathname.endsWith("/healthz") ? health() : page(),
  );
}

it("loads a page anew only where the server says that it serves, and gives the page", async () => {
  const health = (): Response => Response.json({ status: "ok" });
  expect(await asked({ health, page })).toBe(true);
  expect(await asked({ health, page: () => new Response("", { status: 502 }) })).toBe(false);
});

it.each([
  ["a gateway's page", () => new Response("<h1>Soon back</h1>")],
  ["a 503", () => Response.json({ status: "ok" }, { status: 503 })],
  ["another server", () => Response.json({ status: "starting" })],
  [
    "no answer",
    (): Response => {
      throw new TypeError("Failed to fetch");
    },
  ],
])("takes %s for no server to load from", async (_, health) => {
  expect(await asked({ health, page })).toBe(false);
});
