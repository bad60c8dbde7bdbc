import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statusSchema } from "./api.ts";
import { readStatusReply, type Reading } from "./clusterReply.ts";

const json = { "content-type": "application/json" };
const settings = {
  install_path: "/upgrade/qumulo_core_7.9.0.2.qimg",
  target_version: "7.9.0.2",
  upgrade_type: "SOFTWARE_AND_PLATFORM",
  auto_commit: false,
  do_rolling_reboot: true,
  num_nodes_to_reboot: 1,
};
const good = { state: "UPGRADE_STATE_PREPARING", progress: 37, settings, error_info: null };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const codes = (text: string): number[] =>
  Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
const readText = (text: string, headers: Record<string, string> = json): Reading =>
  readStatusReply(bytesOf(text), headers);
const read = (change: Record<string, unknown>): Reading =>
  readText(JSON.stringify({ ...good, ...change }));

const statusOf = (reading: Reading) => (reading.quality === "invalid" ? null : reading.status);
const reasonOf = (reading: Reading) => (reading.quality === "invalid" ? reading.reason : "valid");
const remarksOf = (reading: Reading) =>
  reading.quality === "invalid" ? [] : reading.remarks.map(({ field }) => field);

describe("a reply as published", () => {
  it("is taken as it is", () => {
    expect(read({})).toEqual({ quality: "ok", status: good, remarks: [] });
  });

  it("may lack settings while idle, and carry an empty error text", () => {
    const idle = { state: "UPGRADE_STATE_IDLE", progress: 0, settings: null, error_info: "" };
    expect(readText(JSON.stringify(idle))).toEqual({
      quality: "ok",
      status: { ...idle, error_info: null },
      remarks: [],
    });
  });

  it("may have settings of an older release", () => {
    const older = { ...settings, do_rolling_reboot: null, num_nodes_to_reboot: undefined };
    expect(read({ settings: older })).toMatchObject({
      quality: "ok",
      status: { settings: { do_rolling_reboot: null, num_nodes_to_reboot: null } },
    });
  });

  it("may begin with a byte order mark, and have fields that nobody knows", () => {
    expect(readText(`\ufeff${JSON.stringify({ ...good, weather: "fair" })}`).quality).toBe("ok");
  });
});

describe("a reply that claims nothing", () => {
  it.each([
    ["no fields", "{}", "no-state"],
    ["no state", JSON.stringify({ ...good, state: undefined }), "no-state"],
    ["state null", JSON.stringify({ ...good, state: null }), "no-state"],
    ["state a number", JSON.stringify({ ...good, state: 3 }), "no-state"],
    ["state an object", JSON.stringify({ ...good, state: {} }), "no-state"],
    [
      "the first API's states",
      JSON.stringify({ ...good, state: "UPGRADE_PREPARING" }),
      "older-api-shape",
    ],
    ["the first API's fields", JSON.stringify({ ...good, error_state: "NONE" }), "older-api-shape"],
    ["NaN", '{"state":"UPGRADE_STATE_IDLE","progress":NaN}', "not-json"],
    ["trailing junk", `${JSON.stringify(good)}x`, "not-json"],
    ["two objects", "{}{}", "not-json"],
    ["JSONP", `callback(${JSON.stringify(good)})`, "not-json"],
    ["a comment", `/* */${JSON.stringify(good)}`, "not-json"],
    ["cut off", JSON.stringify(good).slice(0, 40), "not-json"],
    ["an array", "[]", "not-an-object"],
    ["a text", '"UPGRADE_STATE_IDLE"', "not-an-object"],
    ["a number", "7", "not-an-object"],
    ["null", "null", "not-an-object"],
    ["nothing", "", "empty"],
    ["a page", "<!doctype html><title>Login</title>", "html"],
    ["deep nesting", `{"state":${"[".repeat(65)}${"]".repeat(65)}}`, "too-many-parts"],
    ["very many parts", `{"a":[${"1,".repeat(20_001)}1]}`, "too-many-parts"],
  ])("%s", (_, text, reason) => {
    expect(reasonOf(readText(text))).toBe(reason);
  });

  it.each([
    ["a page by its type", { "content-type": "text/html; charset=utf-8" }, "html"],
    ["another type", { "content-type": "application/octet-stream" }, "content-type"],
    ["gzip", { ...json, "content-encoding": "gzip" }, "content-encoding"],
    ["brotli", { ...json, "content-encoding": "br" }, "content-encoding"],
  ])("%s", (_, headers, reason) => {
    expect(reasonOf(readText(JSON.stringify(good), headers))).toBe(reason);
  });

  it.each([
    ["UTF-16", Uint8Array.from(codes(JSON.stringify(good)).flatMap((code) => [code, 0]))],
    ["Latin-1", Uint8Array.from(codes('{"state":"é"}'))],
    ["an overlong form", Uint8Array.from([0x7b, 0xc0, 0xaf, 0x7d])],
    ["0xFF", Uint8Array.from([0x7b, 0xff, 0x7d])],
  ])("%s", (_, bytes) => {
    expect(reasonOf(readStatusReply(bytes, json))).toMatch(/not-utf-8|not-json/);
  });

  it("still tells the error text that it carried, and never repeats a body", () => {
    expect(readText('{"error_info":"disk failure"}')).toMatchObject({ errorInfo: "disk failure" });
    expect(JSON.stringify(readText("<p>secret of the page</p>"))).not.toContain("secret");
  });

  it("counts brackets and commas inside texts as text", () => {
    expect(read({ error_info: "[{,".repeat(20_000) }).quality).toBe("ok");
    expect(read({ error_info: '\\"[[['.repeat(100) }).quality).toBe("ok");
  });
});

describe("a reply that is odd", () => {
  it("shows an unknown state verbatim, and guesses nothing from case or padding", () => {
    for (const state of ["UPGRADE_STATE_VERIFYING", "upgrade_state_idle", " UPGRADE_STATE_IDLE"]) {
      expect(read({ state })).toMatchObject({ quality: "suspect", status: { state } });
    }
    expect(statusOf(read({ state: `X${"y".repeat(10_000)}` }))?.state).toHaveLength(65);
  });

  it.each([101, -1, 1e300])("shows no percentage for %d, and says so", (progress) => {
    const reading = read({ progress });
    expect(statusOf(reading)?.progress).toBeNull();
    expect(remarksOf(reading)).toEqual(["progress"]);
  });

  it("shows none for an infinite one", () => {
    const reading = readText(JSON.stringify(good).replace("37", "1e999"));
    expect(statusOf(reading)?.progress).toBeNull();
    expect(remarksOf(reading)).toEqual(["progress"]);
  });

  it.each([["50"], [true], [[]], [{}]])("does not turn %j into a number", (progress) => {
    const reading = read({ progress });
    expect(statusOf(reading)?.progress).toBeNull();
    expect(remarksOf(reading)).toEqual(["progress"]);
  });

  it("keeps fractions exact, and has nothing to say of a figure outside of preparing", () => {
    expect(read({ progress: 12.5 })).toMatchObject({ quality: "ok", status: { progress: 12.5 } });
    expect(read({ state: "UPGRADE_STATE_IDLE", progress: 101 }).quality).toBe("ok");
  });

  it.each([[[]], ["x"], [7]])("takes settings %j for none", (odd) => {
    const reading = read({ settings: odd });
    expect(statusOf(reading)?.settings).toBeNull();
    expect(remarksOf(reading)).toEqual(["settings"]);
  });

  it("does not coerce settings, and marks what it could not take", () => {
    const reading = read({
      settings: {
        install_path: 7,
        target_version: null,
        upgrade_type: "SOFTWARE_SIDEWAYS",
        auto_commit: "true",
        do_rolling_reboot: 1,
        num_nodes_to_reboot: 1.5,
      },
    });
    expect(statusOf(reading)?.settings).toEqual({
      install_path: null,
      target_version: null,
      upgrade_type: "SOFTWARE_SIDEWAYS",
      auto_commit: null,
      do_rolling_reboot: null,
      num_nodes_to_reboot: null,
    });
    expect(remarksOf(reading)).toEqual([
      "install_path",
      "auto_commit",
      "do_rolling_reboot",
      "upgrade_type",
      "num_nodes_to_reboot",
    ]);
  });

  it.each([-1, 1e9])("knows no cluster with %d nodes", (num_nodes_to_reboot) => {
    const reading = read({ settings: { ...settings, num_nodes_to_reboot } });
    expect(statusOf(reading)?.settings?.num_nodes_to_reboot).toBeNull();
  });

  it("marks a reply that is not marked as JSON", () => {
    expect(remarksOf(readText(JSON.stringify(good), { "content-type": "text/plain" }))).toEqual([
      "content-type",
    ]);
    expect(remarksOf(readText(JSON.stringify(good), {}))).toEqual(["content-type"]);
  });

  it("marks fields that are missing", () => {
    expect(remarksOf(readText('{"state":"UPGRADE_STATE_IDLE"}'))).toEqual(["schema"]);
  });
});

describe("text of a cluster", () => {
  it("loses none of its length without saying so", () => {
    const kept = statusOf(read({ error_info: "x".repeat(1024 * 1024) }))?.error_info ?? "";
    expect(bytesOf(kept).length).toBeLessThanOrEqual(16 * 1024);
    expect(bytesOf(kept).length).toBeGreaterThan(16 * 1024 - 4);
    expect(kept).toMatch(/… \(1,048,576 characters, cut\)$/);
  });

  it("is empty when it is only white space", () => {
    expect(statusOf(read({ error_info: " \n\t " }))?.error_info).toBeNull();
  });

  it("shows what is invisible, and keeps newlines and tabs", () => {
    const shown = statusOf(
      read({ error_info: "a\u0000b\u001b[31mc\r\nd\te\u202ef\u200bg\ufeffh" }),
    );
    expect(shown?.error_info).toBe("a␀b␛[31mc\nd\te‹U+202E›f‹U+200B›g‹U+FEFF›h");
  });

  it("replaces halves of characters", () => {
    const reading = readText('{"state":"UPGRADE_STATE_IDLE","error_info":"a\\ud800b"}');
    expect(statusOf(reading)?.error_info).toBe("a\ufffdb");
  });

  it("cuts marks that pile up on one character", () => {
    const pile = `a${"\u0301".repeat(5000)}b`;
    expect(statusOf(read({ error_info: pile }))?.error_info?.length).toBeLessThan(100);
  });

  it("is cut between graphemes in names and paths", () => {
    const path = statusOf(read({ settings: { ...settings, install_path: "🇬🇧".repeat(400) } }));
    expect(path?.settings?.install_path).toBe(`${"🇬🇧".repeat(256)}…`);
  });

  it("is nothing but text: no key of a reply reaches a prototype", () => {
    readText(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"state":"x"}',
    );
    expect("polluted" in {}).toBe(false);
  });
});

describe("whatever arrives", () => {
  const value = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.double());
  const shape = fc.record(
    {
      state: fc.oneof(fc.constantFrom("UPGRADE_STATE_PREPARING", "UPGRADE_STATE_IDLE"), value),
      progress: value,
      settings: fc.oneof(
        value,
        fc.record(
          {
            install_path: value,
            target_version: value,
            upgrade_type: value,
            auto_commit: value,
            do_rolling_reboot: value,
            num_nodes_to_reboot: value,
          },
          { requiredKeys: [] },
        ),
      ),
      error_info: value,
    },
    { requiredKeys: [] },
  );
  const bodies = fc.oneof(
    shape.map((fields) => bytesOf(JSON.stringify(fields))),
    fc.tuple(shape, fc.nat(), fc.nat(255)).map(([fields, place, byte]) => {
      const bytes = bytesOf(JSON.stringify(fields));
      bytes[place % Math.max(1, bytes.length)] = byte;
      return bytes;
    }),
    fc.tuple(shape, fc.nat()).map(([fields, cut]) => {
      const bytes = bytesOf(JSON.stringify(fields));
      return bytes.slice(0, cut % (bytes.length + 1));
    }),
    fc.uint8Array({ maxLength: 400 }),
  );
  const headers = fc.record(
    {
      "content-type": fc.constantFrom("application/json", "text/plain", "text/html", ""),
      "content-encoding": fc.constantFrom("identity", "gzip", ""),
    },
    { requiredKeys: [] },
  );

  it("is read without a throw, into what the API's own schema takes", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(bodies, headers, (bytes, replyHeaders) => {
        const reading = readStatusReply(bytes, replyHeaders);
        if (reading.quality !== "invalid") {
          expect(statusSchema.safeParse(reading.status).success).toBe(true);
          expect(reading.quality === "ok").toBe(reading.remarks.length === 0);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
