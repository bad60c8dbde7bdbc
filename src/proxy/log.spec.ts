import { describe, expect, it } from "vitest";
import { createLog } from "./log.ts";
import { manualClock } from "./testing/manualClock.ts";

const start = Date.parse("2026-11-23T12:00:00.000Z");
const second = 1000;

function recorded(level?: string, write?: (line: string) => void) {
  const lines: string[] = [];
  const clock = manualClock(start);
  const log = createLog({
    level,
    scrub: (text) => text.replaceAll("canary", "[secret]"),
    clock,
    write: write ?? ((line) => lines.push(line)),
  });
  return { lines, log, clock };
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

  it("writes the same error once a minute, with a count, also when it does not come again", async () => {
    const { lines, log, clock } = recorded();
    for (let index = 0; index < 50; index += 1) {
      log.error("Poll failed", { cluster: "lon" });
      // oxlint-disable-next-line no-await-in-loop
      await clock.pass(second);
    }
    log.error("Poll failed", { cluster: "ams" });
    expect(lines).toHaveLength(2);
    await clock.pass(10 * second);
    expect(JSON.parse(lines[2] ?? "")).toMatchObject({
      time: "2026-11-23T12:01:00.000Z",
      level: "error",
      msg: "Poll failed",
      fields: { cluster: "lon" },
      repeated: 49,
    });
    await clock.pass(600 * second);
    expect(lines).toHaveLength(3);
    log.error("Poll failed", { cluster: "lon" });
    expect(lines).toHaveLength(4);
  });

  it("tells the counts before the end", () => {
    const { lines, log } = recorded();
    log.warn("Flapping");
    log.warn("Flapping");
    log.flush();
    log.flush();
    expect(lines.map((line) => JSON.parse(line).repeated)).toEqual([undefined, 1]);
  });

  it("remembers no more than a thousand different lines, and loses no count for that", () => {
    const { lines, log } = recorded();
    log.error("First");
    log.error("First");
    for (let index = 0; index < 1000; index += 1) {
      log.error(`Another ${index}`);
    }
    expect(lines).toHaveLength(1002);
    expect(lines.filter((line) => line.includes('"repeated":1'))).toHaveLength(1);
  });

  it("goes on where a line can't be written, and counts it", () => {
    const { log } = recorded("info", () => {
      throw new Error("ENOSPC");
    });
    expect(() => {
      log.error("Disk full");
      log.info("Another line");
    }).not.toThrow();
    expect(log.writeErrors()).toBe(2);
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
