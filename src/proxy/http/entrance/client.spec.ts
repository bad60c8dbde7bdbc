import { BlockList } from "node:net";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { clientOf } from "./client.ts";

const listed = new BlockList();
listed.addSubnet("10.1.0.0", 16, "ipv4");
listed.addAddress("fd00::1", "ipv6");

async function clientFrom(
  remoteAddress: string,
  headers: Record<string, string> = {},
  trusted: BlockList | null = listed,
) {
  const app = new Hono();
  app.get("*", (context) => context.json(clientOf(context, trusted)));
  const environment = { incoming: { socket: { remoteAddress } } };
  const answer: unknown = await (
    await app.request("http://127.0.0.1/", { headers }, environment)
  ).json();
  return answer;
}

describe("clientOf", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::9", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["", ""],
  ])("counts %s as %s", async (peer, key) => {
    expect(await clientFrom(peer)).toEqual({ key, viaTrusted: false });
  });

  it.each(["10.1.2.3", "::ffff:10.1.2.3", "fd00::1"])(
    "believes what the listed proxy %s says of whom it serves, and of that the last only",
    async (peer) => {
      const headers = { "x-forwarded-for": "198.51.100.1, 203.0.113.9" };
      expect(await clientFrom(peer, headers)).toEqual({ key: "203.0.113.9", viaTrusted: true });
    },
  );

  it("believes no one else, and no nonsense", async () => {
    const headers = { "x-forwarded-for": "203.0.113.9" };
    expect(await clientFrom("192.0.2.7", headers)).toEqual({ key: "192.0.2.7", viaTrusted: false });
    expect(await clientFrom("10.1.2.3", headers, null)).toMatchObject({ viaTrusted: false });
    expect(await clientFrom("10.1.2.3", { "x-forwarded-for": "unknown" })).toEqual({
      key: "10.1.2.3",
      viaTrusted: true,
    });
  });
});
