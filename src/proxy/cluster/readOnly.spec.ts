/** Nothing here can change a cluster, and a token that could is not asked for. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { paths } from "./exchange.ts";

const sources = execFileSync("git", ["ls-files", "src/proxy", "src/contract", "src/upgrade"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file.endsWith(".ts") && !/\.spec\.ts$|\/testing\/|\.fixture\.ts$/.test(file));

describe("reading only", () => {
  it("is all there is code for: GET to the listed paths, and POST to the sign-in", () => {
    const speaking = sources.filter((file) =>
      /from "undici"|from "node:https"|\bfetch\(/.test(readFileSync(file, "utf8")),
    );
    const asking = speaking.filter((file) => file.startsWith("src/proxy/cluster/"));
    expect(asking.sort()).toEqual([
      "src/proxy/cluster/exchange.ts",
      "src/proxy/cluster/failure.ts",
      "src/proxy/cluster/transfer.ts",
      "src/proxy/cluster/trust.ts",
    ]);
    // What sends is told what to send, by one caller.
    const transferring = sources.filter((file) =>
      /from ".*\/transfer\.ts"/.test(readFileSync(file, "utf8")),
    );
    expect(transferring).toEqual(["src/proxy/cluster/exchange.ts"]);
    expect(readFileSync("src/proxy/cluster/transfer.ts", "utf8")).not.toMatch(
      /\b(?:GET|POST|PUT|PATCH|DELETE)\b/,
    );
    const exchange = readFileSync("src/proxy/cluster/exchange.ts", "utf8");
    const methods = new Set(exchange.match(/\b(?:GET|POST|PUT|PATCH|DELETE)\b/g));
    expect([...methods].sort()).toEqual(["GET", "POST"]);
    expect(exchange.match(/method: "POST"/g)).toHaveLength(1);
    expect(exchange).toContain('method: "POST", path: signInPath');
  });

  it("asks for constants, never for what was put together", () => {
    for (const path of Object.values(paths)) {
      expect(path).toMatch(/^\/v[123]\/[a-z/-]+$/);
    }
  });

  it("takes a token that can do no more: the manual names the privileges, all to read", () => {
    const manual = readFileSync("README.md", "utf8");
    const named = new Set(manual.match(/PRIVILEGE_[A-Z_]+/g));
    expect(named).toContain("PRIVILEGE_UPGRADE_READ");
    expect([...named].filter((privilege) => !privilege.endsWith("_READ"))).toEqual([]);
    expect(manual).toMatch(/token\s+\(`access-v1:…`\) of a service account/);
  });
});
