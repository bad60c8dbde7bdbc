import { describe, expect, it } from "vitest";
import { createLog } from "./log.ts";

function recorded(level?: string) {
  const lines: string[] = [];
  let now = Date.parse("2026-11-23T12:00:00.000Z");
  const log = createLog({
    level,
    scrub: (text) => text.replaceAll("canary", "[secret]"),
    now: () => now,
    write: (line) => lines.push(line),
  });
  return { lines, log, pass: (ms: number) => (now += ms) };
}

describe("createLog", () => {
  it("writes one JSON line with time, level, message and fields", () => {
    const { lines, log } = recorded();
    log.info("Started", { clusters: 3 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: "info",
        time: "2026-11-23T12:00:00.000Z",
        msg: "Started",
        fields: { clusters: 3 },
      },
    ]);
  });

  it("takes secrets out of messages, fields and errors, at any depth", () => {
    const { lines, log } = recorded();
    log.error("Bad canary", {
      error: new Error("canary", { cause: { header: "canary" } }),
      deep: [{ text: "canary" }],
    });
    expect(lines.join("")).not.toContain("canary");
    expect(lines.join("")).toContain("[secret]");
  });

  it("writes the same error once a minute, with a count", () => {
    const { lines, log, pass } = recorded();
    for (let index = 0; index < 50; index += 1) {
      log.error("Poll failed", { cluster: "lon" });
      pass(1000);
    }
    log.error("Poll failed", { cluster: "ams" });
    expect(lines).toHaveLength(2);
    pass(60_000);
    log.error("Poll failed", { cluster: "lon" });
    expect(JSON.parse(lines[2] ?? "")).toMatchObject({ repeated: 49, fields: { cluster: "lon" } });
  });

  it("keeps one line a call, whatever the text holds", () => {
    const { lines, log } = recorded();
    log.warn("a\r\nb\u001b[31m\u009b31m\u2028", { text: "\n\u0000" });
    expect(lines).toHaveLength(1);
    // oxlint-disable-next-line no-control-regex -- exactly these must not come out
    expect(lines[0]?.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028]/);
  });

  it.each([
    ["error", 0],
    ["nonsense", 1],
  ])("at level %s writes %i informative lines", (level, count) => {
    const { lines, log } = recorded(level);
    log.info("Started");
    expect(lines).toHaveLength(count);
  });

  it("survives a value that contains itself", () => {
    const { lines, log } = recorded();
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    log.error("Loop", loop);
    expect(lines).toHaveLength(1);
  });
});
