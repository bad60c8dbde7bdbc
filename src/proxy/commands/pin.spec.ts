import { afterEach, describe, expect, it } from "vitest";
import { makeTestCertificate } from "../cluster/testing/certificates.ts";
import { sendJson, startFaultServer } from "../cluster/testing/faultServer.ts";
import { pin } from "./pin.ts";
import { runCommand } from "./testing.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

describe("pin", () => {
  it("prints what is presented, how to check it, and what to write; and sends nothing", async () => {
    const certificate = await makeTestCertificate();
    const server = await startFaultServer(certificate, sendJson({}));
    closing.push(server.close);
    const { code, out, error } = await runCommand(pin, [server.url]);
    expect([code, error]).toEqual([0, ""]);
    expect(out).toContain(`${server.url} presents this certificate:`);
    expect(out).toContain(`SHA-256      ${certificate.fingerprint256}`);
    expect(out).toMatch(/Made out to {2}CN=/);
    expect(out).toMatch(/Issued by {4}itself \(self-signed\)/);
    expect(out).toMatch(/Valid {8}\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d/);
    expect(out).toContain("openssl s_client");
    expect(out).toContain(`tls: { fingerprint256: "${certificate.fingerprint256}" }`);
    expect(out).toContain(`--cluster ${server.url} --fingerprint ${certificate.fingerprint256}`);
    expect(server.seen).toEqual([]);
    const bare = await runCommand(pin, [server.url.replace("https://", "")]);
    expect(bare.out).toBe(out);
  });

  it("says in a sentence that nothing answers", async () => {
    const server = await startFaultServer(await makeTestCertificate(), sendJson({}));
    await server.close();
    expect(await runCommand(pin, [server.url])).toEqual({
      code: 1,
      out: "",
      error: `${server.url} presented no certificate: The connection was refused.\n`,
    });
  });

  it.each([
    [[], "Name one address"],
    [["https://a", "https://b"], "Name one address"],
    [["http://10.20.0.11:8000"], "can't be asked; allowed is an https address"],
    [["https://user:word@10.20.0.11:8000"], "can't be asked"],
    [["https://169.254.169.254"], "can't be asked"],
    [["--insecure", "https://a"], 'There is no option "--insecure" here'],
  ])("refuses %j", async (argv, words) => {
    const { code, out, error } = await runCommand(pin, argv);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain(words);
  });

  it("has its own help", async () => {
    expect(await runCommand(pin, ["--help"])).toMatchObject({ code: 0, error: "" });
  });
});
