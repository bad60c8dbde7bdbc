import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stateOrder } from "../upgrade/status.ts";
import { olderApiWords, statusReaders } from "./clusterGenerations.ts";

const json = { "content-type": "application/json" };
const encode = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));

const preparing = {
  install_path: "/upgrade/qumulo_core_4.2.1.qimg",
  state: "UPGRADE_PREPARING",
  details: "37%",
  error_message: "",
  error_state: "UPGRADE_ERROR_NO_ERROR",
  is_blocked: false,
  blocked_reason: "",
};
const first = (change: Record<string, unknown> = {}) =>
  statusReaders[1](encode({ ...preparing, ...change }), json);

describe("the first generation's reply", () => {
  it("is told in today's names, and claims nothing that it does not say", () => {
    expect(first()).toEqual({
      quality: "ok",
      status: {
        state: "UPGRADE_STATE_PREPARING",
        progress: null,
        settings: {
          install_path: "/upgrade/qumulo_core_4.2.1.qimg",
          target_version: null,
          upgrade_type: null,
          auto_commit: null,
          do_rolling_reboot: null,
          num_nodes_to_reboot: null,
        },
        error_info: null,
      },
      remarks: [],
    });
    expect(first({ install_path: "" })).toMatchObject({ status: { settings: null } });
  });

  it.each(stateOrder)("knows %s by its older name", (state) => {
    const older = state.replace("_STATE_", "_");
    expect(first({ state: older })).toMatchObject({ quality: "ok", status: { state } });
  });

  it("shows a state that is none of the six as it is", () => {
    expect(first({ state: "UPGRADE_VERIFYING" })).toMatchObject({
      quality: "suspect",
      status: { state: "UPGRADE_VERIFYING" },
    });
    expect(first({ state: "upgrade_idle" })).toMatchObject({
      quality: "suspect",
      status: { state: "upgrade_idle" },
    });
  });

  it.each([
    [{ error_message: "no space", error_state: "UPGRADE_ERROR_PREPARE" }, "no space"],
    [{ error_message: " ", error_state: "UPGRADE_ERROR_PREPARE" }, "UPGRADE_ERROR_PREPARE"],
    [{ error_message: "no space" }, "no space"],
    [{ error_state: "" }, null],
    [{ error_message: null, error_state: null }, null],
  ])("reads the error of %j as %s", (change, error) => {
    expect(first(change)).toMatchObject({ status: { error_info: error } });
  });

  it.each([
    ["an empty object", {}],
    ["a state that is no text", { state: 7 }],
  ])("is invalid as %s", (_, body) => {
    expect(statusReaders[1](encode(body), json)).toMatchObject({ quality: "invalid" });
  });

  it("never throws, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(Object.keys(preparing).map((key) => [key, fc.jsonValue()])), {
          requiredKeys: [],
        }),
        (body) => {
          expect(["ok", "suspect", "invalid"]).toContain(
            statusReaders[1](encode(body), json).quality,
          );
        },
      ),
    );
  });
});

it("has the second generation's body read as today's", () => {
  const body = { state: "UPGRADE_STATE_IDLE", progress: 0, settings: null, error_info: null };
  expect(statusReaders[2](encode(body), json)).toEqual(statusReaders[3](encode(body), json));
});

it("says of an older generation what it cannot tell, and nothing of today's", () => {
  expect(olderApiWords[3]).toBeNull();
  expect(olderApiWords[1]).toContain("no percentage");
  expect(olderApiWords[2]).toContain("/v2/upgrade/status");
});
