import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { gzipSync } from "node:zlib";
import { type Behaviour, sendJson, startFaultServer } from "./testing/faultServer.ts";
import { idle, kindOf, makeRig, messageOf, patientMs, type Rig, shortMs } from "./testing/rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
});

afterEach(async () => {
  await rig.cleanUp();
});

const json = { "content-type": "application/json" };

/** Polls a server of this behaviour once. */
async function pollOf(behaviour: Behaviour, timeoutMs = patientMs) {
  const server = await rig.serve(behaviour);
  return rig.open([server.url]).pollStatus(timeoutMs);
}

/** A poll after a first one that went well, so that its connection is there to be used again. */
async function secondPollOf(behaviour: Behaviour) {
  const server = await rig.serve(sendJson(idle));
  const cluster = rig.open([server.url]);
  await cluster.pollStatus(patientMs);
  server.behave(behaviour);
  return { poll: await cluster.pollStatus(patientMs), server, cluster };
}

const halfThenReset: Behaviour = (response) => {
  response.writeHead(200, { ...json, "content-length": "1000" });
  response.write('{"state":', () => response.socket?.destroy());
};

describe("an exchange that fails", () => {
  it("is refused where nobody listens", async () => {
    const server = await rig.serve(sendJson(idle));
    await server.close();
    const poll = await rig.open([server.url]).pollStatus(patientMs);
    expect(messageOf(poll)).toBe("The connection was refused.");
    expect(kindOf(poll)).toBe("refused");
  });

  it("finds no name that does not exist", async () => {
    const poll = await rig.open(["https://nowhere.invalid:8000"]).pollStatus(patientMs);
    expect(kindOf(poll)).toBe("dns");
  });

  it("is over at the deadline where nothing is answered, and the next one has a new connection", async () => {
    const server = await rig.serve(() => undefined);
    const cluster = rig.open([server.url]);
    const poll = await cluster.pollStatus(shortMs);
    expect(kindOf(poll)).toBe("timeout");
    expect(messageOf(poll)).toBe("No answer within 0.3 s.");
    server.behave(sendJson(idle));
    expect(kindOf(await cluster.pollStatus(patientMs))).toBe("ok");
    expect(server.connections()).toBe(2);
  });

  it("is over at the deadline where the body drips without end", async () => {
    const poll = await pollOf((response) => {
      response.writeHead(200, json);
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    }, shortMs);
    expect(kindOf(poll)).toBe("timeout");
  });

  it("is a reset where the body is cut, by reset or by a length that lies", async () => {
    expect(kindOf(await pollOf(halfThenReset))).toBe("reset");
    const short = await pollOf((response) => {
      response.writeHead(200, { ...json, "content-length": "1000" });
      response.write("{}", () => response.socket?.end());
    });
    expect(kindOf(short)).toBe("reset");
  });

  it("is invalid where the headers are a flood", async () => {
    const poll = await pollOf((response) => {
      response.writeHead(200, { ...json, "x-flood": "x".repeat(20_000) });
      response.end(JSON.stringify(idle));
    });
    expect(kindOf(poll)).toBe("invalid");
  });

  it("is invalid where the answer is not HTTP", async () => {
    const poll = await pollOf((response) => {
      response.socket?.end("SSH-2.0-OpenSSH_9.2\r\n");
    });
    expect(kindOf(poll)).toBe("invalid");
  });
});

describe("a reply that is too much", () => {
  it("is left at 4 MiB, however much would follow", async () => {
    let sent = 0;
    const piece = Buffer.alloc(256 * 1024, " ");
    const poll = await pollOf((response) => {
      response.writeHead(200, json);
      const send = (): void => {
        while (!response.destroyed && response.write(piece)) {
          sent += piece.length;
        }
        response.once("drain", send);
      };
      send();
    });
    expect(kindOf(poll)).toBe("invalid");
    expect(messageOf(poll)).toContain("4 MiB");
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  it("is not unpacked", async () => {
    const poll = await pollOf((response) => {
      response.writeHead(200, { ...json, "content-encoding": "gzip" });
      response.end(gzipSync(JSON.stringify(idle)));
    });
    expect(kindOf(poll)).toBe("invalid");
    expect(messageOf(poll)).toContain("gzip-encoded");
  });
});

describe("an answer that points elsewhere", () => {
  it("is not followed, and only the host of its target is told", async () => {
    const elsewhere = await rig.serve(sendJson(idle), { host: "127.0.0.2" });
    const location = `${elsewhere.url}/secret/path?token=x`;
    const poll = await pollOf((response) => response.writeHead(302, { location }).end());
    expect(poll.outcome).toMatchObject({ failure: { kind: "http" }, httpStatus: 302 });
    expect(messageOf(poll)).toContain(elsewhere.url.replace("https://", ""));
    expect(messageOf(poll)).not.toContain("secret");
    expect(elsewhere.connections()).toBe(0);
  });
});

describe("a connection that is used again", () => {
  it("is made anew once where the server closed it in that moment", async () => {
    let requests = 0;
    const { poll, server } = await secondPollOf((response, request, seen) => {
      requests += 1;
      if (requests === 1) {
        response.socket?.destroy();
      } else {
        sendJson(idle)(response, request, seen);
      }
    });
    expect(kindOf(poll)).toBe("ok");
    expect(server.connections()).toBe(2);
  });

  it("costs no poll where a server closes it after a millisecond of idleness", async () => {
    const server = await rig.serve((response, request, seen) => {
      const { socket } = response;
      response.once("finish", () => setTimeout(() => socket?.destroy(), 1));
      sendJson(idle)(response, request, seen);
    });
    const cluster = rig.open([server.url]);
    const kinds: string[] = [];
    for (let waitMs = 0; waitMs < 25; waitMs += 1) {
      kinds.push(kindOf(await cluster.pollStatus(patientMs)));
      await new Promise((resolve) => setTimeout(resolve, waitMs % 4));
    }
    expect(new Set(kinds)).toEqual(new Set(["ok"]));
    expect(server.connections()).toBeGreaterThan(1);
  });

  it("is made anew only once", async () => {
    const { poll, server } = await secondPollOf((response) => response.socket?.destroy());
    expect(kindOf(poll)).toBe("reset");
    expect(server.seen).toHaveLength(3);
  });

  it("is not tried again where a part of the answer had come", async () => {
    const { poll, server } = await secondPollOf(halfThenReset);
    expect(kindOf(poll)).toBe("reset");
    expect(server.seen).toHaveLength(2);
  });

  it("is not tried again where it was fresh", async () => {
    const server = await rig.serve((response) => response.socket?.destroy());
    expect(kindOf(await rig.open([server.url]).pollStatus(patientMs))).toBe("reset");
    expect(server.seen).toHaveLength(1);
  });
});

describe("what surrounds the process", () => {
  it("has no say: a proxy of the environment is not used", async () => {
    const proxy = await startFaultServer(rig.certificate, sendJson(idle));
    rig.later(proxy.close);
    const server = await rig.serve(sendJson(idle));
    const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "ALL_PROXY"];
    const before = names.map((name) => process.env[name]);
    rig.later(async () => {
      for (const [index, name] of names.entries()) {
        const value = before[index];
        if (value === undefined) {
          delete process.env[name];
        } else {
          process.env[name] = value;
        }
      }
    });
    for (const name of names) {
      process.env[name] = proxy.url;
    }
    expect(kindOf(await rig.open([server.url]).pollStatus(patientMs))).toBe("ok");
    expect(proxy.connections()).toBe(0);
  });
});

describe("many questions at once", () => {
  it("share one connection", async () => {
    const server = await rig.serve((response, request, seen) => {
      const isVersion = seen.path === "/v1/version";
      sendJson(isVersion ? { revision_id: "7.1.4" } : idle)(response, request, seen);
    });
    const cluster = rig.open([server.url]);
    const [poll, version] = await Promise.all([
      cluster.pollStatus(patientMs),
      cluster.readVersion(patientMs),
    ]);
    expect([kindOf(poll), version.version]).toEqual(["ok", "7.1.4"]);
    expect(server.connections()).toBe(1);
  });
});
