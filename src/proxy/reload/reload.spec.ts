import { describe, expect, it } from "vitest";
import type { Configuration } from "../../contract/configuration.ts";
import { cluster, read } from "../../contract/testing/configuration.ts";
import type { LoadedConfiguration } from "../configurationFile.ts";
import { reloader, UnusableConfigurationError } from "./reload.ts";

const start = Date.UTC(2026, 10, 23, 12);

const initial = read({});

type State = {
  now: number;
  loaded: LoadedConfiguration | Promise<never>;
  unusable: string;
  readonly inForce: Configuration[];
  readonly said: string[];
};

function reloading() {
  const state: State = {
    now: start,
    loaded: { ok: true, configuration: initial },
    unusable: "",
    inForce: [],
    said: [],
  };
  const say = (message: string, fields?: object): void =>
    void state.said.push(`${message} ${JSON.stringify(fields ?? {})}`);
  const reloads = reloader(initial, {
    load: async () => state.loaded,
    prepare: async (configuration) => {
      if (state.unusable !== "") {
        throw new UnusableConfigurationError(state.unusable);
      }
      return async () => {
        state.inForce.push(configuration);
        return { added: configuration.clusters.map(({ id }) => id) };
      };
    },
    now: () => state.now,
    log: { info: say, warn: say, error: say },
  });
  return { state, reloads };
}

const broken = {
  ok: false,
  faults: ["watch.yaml: poll.active: found canary; allowed is 1s", "watch.yaml: zone: found 3"],
  places: ["poll.active", "zone"],
} as const;

describe("a reload", () => {
  it("puts a new configuration into force and says what came of it", async () => {
    const { state, reloads } = reloading();
    const next = read({ clusters: [cluster] });
    state.loaded = { ok: true, configuration: next };
    state.now += 1000;
    await reloads.reload();
    expect([reloads.current(), state.inForce]).toEqual([next, [next]]);
    expect(reloads.status()).toEqual({
      succeeded: true,
      inForceSince: start + 1000,
      needsRestart: false,
    });
    expect(state.said).toEqual([expect.stringContaining('"added":["lon"]')]);
  });

  it("keeps the one before where the new one has faults, and tells everyone where they are", async () => {
    const { state, reloads } = reloading();
    state.loaded = broken;
    state.now += 1000;
    await reloads.reload();
    state.now += 60_000;
    await reloads.reload();
    expect([reloads.current(), state.inForce]).toEqual([initial, []]);
    expect(reloads.notices()).toEqual([
      {
        code: "configuration-kept",
        since: start + 1000,
        message:
          "The new configuration has 2 faults at poll.active, zone; the one before stays in force. The server's log says what is wrong.",
      },
    ]);
    expect(reloads.status()).toMatchObject({ succeeded: false, inForceSince: start });
    expect(state.said.join()).toContain("found canary");
  });

  it("takes the notice down once the fault is mended", async () => {
    const { state, reloads } = reloading();
    state.loaded = broken;
    await reloads.reload();
    state.loaded = { ok: true, configuration: initial };
    await reloads.reload();
    expect(reloads.notices()).toEqual([]);
  });

  it("keeps the one before where a secret or a certificate can't be used", async () => {
    const { state, reloads } = reloading();
    state.unusable = "The secret file noc.pw is empty.";
    await reloads.reload();
    expect(reloads.notices()).toMatchObject([{ code: "configuration-kept" }]);
    expect(state.said.join()).toContain("noc.pw is empty");
  });

  it("says what holds after a restart only, until the file agrees again", async () => {
    const { state, reloads } = reloading();
    state.loaded = { ok: true, configuration: read({ server: { port: 4700 } }) };
    await reloads.reload();
    expect(reloads.notices()).toMatchObject([
      {
        code: "restart-needed",
        message:
          "server.port of the new configuration holds after a restart of Upgrade Watch only.",
      },
    ]);
    expect(reloads.current().server.port).toBe(4600);
    state.loaded = { ok: true, configuration: initial };
    await reloads.reload();
    expect(reloads.status().needsRestart).toBe(false);
  });

  it("survives a fault of our own, and says so", async () => {
    const { state, reloads } = reloading();
    state.loaded = Promise.reject(new Error("boom"));
    await reloads.reload();
    expect(reloads.notices()).toMatchObject([{ code: "configuration-kept" }]);
    expect(reloads.current()).toBe(initial);
  });

  it("is done once more, not twice at once, when it is asked for while it is under way", async () => {
    const { state, reloads } = reloading();
    await Promise.all([reloads.reload(), reloads.reload(), reloads.reload()]);
    expect(state.inForce).toHaveLength(2);
  });
});
