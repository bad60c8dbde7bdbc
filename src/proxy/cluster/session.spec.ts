import { writeFile } from "node:fs/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Behaviour, sendJson } from "./testing/faultServer.ts";
import { idle, kindOf, makeRig, messageOf, patientMs, type Rig, shortMs } from "./testing/rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

describe("signing in", () => {
  const token =
    (value: string): ((seen: { authorization: string | undefined }) => boolean) =>
    (seen) =>
      seen.authorization === `Bearer ${value}`;

  it("reads the token file again after a 401", async () => {
    const path = await rig.fileWith("access-v1:old");
    const server = await rig.serve(sendJson(idle));
    const cluster = rig.open([server.url], { auth: { kind: "token-file", path } });
    await cluster.pollStatus(patientMs);
    server.behave((response, request, seen) =>
      sendJson(idle, token("access-v1:new")(seen) ? 200 : 401)(response, request, seen),
    );
    await writeFile(path, "access-v1:new\n");
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(server.tokens()).toEqual([
      "Bearer access-v1:old",
      "Bearer access-v1:old",
      "Bearer access-v1:new",
    ]);
  });

  it("says in the cluster's words why a token is refused, and tries an unchanged one only once", async () => {
    const path = await rig.fileWith("access-v1:canary");
    const server = await rig.serve(
      sendJson({ error_class: "expired_error", description: "It is over.", stack: ["deep"] }, 401),
    );
    const cluster = rig.open([server.url], { auth: { kind: "token-file", path } });
    const poll = await cluster.pollStatus(patientMs);
    expect(poll.outcome).toMatchObject({ failure: { kind: "auth" }, httpStatus: 401 });
    expect(messageOf(poll)).toContain("expired_error: It is over.");
    expect(messageOf(poll)).not.toMatch(/deep|canary/);
    expect(server.seen).toHaveLength(1);
  });

  /** A cluster that takes passwords; its newest token alone is good. */
  function withPasswords(): { behaviour: Behaviour; expire: () => void; signIns: () => number } {
    let signIns = 0;
    let good = 0;
    return {
      signIns: () => signIns,
      expire: () => {
        good = signIns + 1;
      },
      behaviour: (response, request, seen) => {
        if (seen.method === "POST" && seen.path === "/v1/session/login") {
          signIns += 1;
          good = signIns;
          const isRight = seen.body === JSON.stringify({ username: "watch", password: "canary" });
          const body = isRight ? { bearer_token: `session-v1:${signIns}` } : { error_class: "no" };
          sendJson(body, isRight ? 200 : 401)(response, request, seen);
          return;
        }
        const isGood = token(`session-v1:${good}`)(seen);
        sendJson(isGood ? idle : {}, isGood ? 200 : 401)(response, request, seen);
      },
    };
  }

  it("signs in by password, and anew once the session has ended", async () => {
    const pretend = withPasswords();
    const server = await rig.serve(pretend.behaviour);
    const passwordFile = await rig.fileWith("canary\n");
    const cluster = rig.open([server.url], {
      auth: { kind: "password", username: "watch", passwordFile },
    });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(pretend.signIns()).toBe(1);
    pretend.expire();
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(pretend.signIns()).toBe(2);
  });

  it("sends a wrong password once a poll, however many nodes there are", async () => {
    const pretend = withPasswords();
    const one = await rig.serve(pretend.behaviour);
    const two = await rig.serve(pretend.behaviour);
    const passwordFile = await rig.fileWith("mistaken");
    const cluster = rig.open([one.url, two.url], {
      auth: { kind: "password", username: "watch", passwordFile },
    });
    const poll = await cluster.pollStatus(patientMs);
    // By its status the loop knows to wait longer before the password is sent again.
    expect(poll.outcome).toMatchObject({ failure: { kind: "auth" }, httpStatus: 401 });
    expect(messageOf(poll)).toBe("Signing in as watch was refused (401): no.");
    expect(pretend.signIns()).toBe(1);
  });

  it("signs in anew once a poll, even where every node refuses the new token too", async () => {
    let signIns = 0;
    const behaviour: Behaviour = (response, request, seen) => {
      const isSignIn = seen.method === "POST";
      signIns += isSignIn ? 1 : 0;
      const body = isSignIn ? { bearer_token: `session-v1:${signIns}` } : {};
      sendJson(body, isSignIn ? 200 : 401)(response, request, seen);
    };
    const one = await rig.serve(behaviour);
    const two = await rig.serve(behaviour);
    const passwordFile = await rig.fileWith("canary");
    const cluster = rig.open([one.url, two.url], {
      auth: { kind: "password", username: "watch", passwordFile },
    });
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("auth");
    expect(signIns).toBe(1);
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("auth");
    expect(signIns).toBe(2);
  });

  it("says which file it can't read", async () => {
    const server = await rig.serve(sendJson(idle));
    const auth = { kind: "token-file", path: "/nowhere/token" } as const;
    const poll = await rig.open([server.url], { auth }).pollStatus(patientMs);
    expect(kindOf(poll)).toBe("auth");
    expect(messageOf(poll)).toContain("/nowhere/token");
    expect(server.seen).toEqual([]);
  });

  it("times out with the whole poll when the sign-in hangs", async () => {
    const server = await rig.serve(() => undefined);
    const passwordFile = await rig.fileWith("canary");
    const cluster = rig.open([server.url], {
      auth: { kind: "password", username: "watch", passwordFile },
    });
    expect(kindOf(await cluster.pollStatus(shortMs))).toBe("timeout");
  });
});
