import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { buildProgram, type BuiltProgram } from "../testing/built.fixture.ts";
import { type Behaviour, sendJson } from "./testing/faultServer.ts";
import { idle, makeRig, type Rig } from "./testing/rig.ts";
import { worstReplies } from "./testing/worstReplies.fixture.ts";

const mebibyte = 1024 * 1024;
/** Long enough and varied enough for the reader to be compiled before it is measured. */
const usual = { ...idle, error_info: "disk жж\n😀".repeat(2000), more: [1, "\u0001"] };
/**
 * The HTTP parser is compiled before the polls and not in their middle: that takes 20 MB for a moment, once in the life of
 * a process, whatever is sent. Garbage of the warm-up is collected so that it does not count as room.
 */
const nodeOptions = ["--no-wasm-dynamic-tiering", "--expose-gc"];
const measured = z.object({ riseBytes: z.number(), heard: z.array(z.string()) });

let rig: Rig;
let poller: BuiltProgram;

beforeAll(async () => {
  rig = await makeRig();
  poller = await buildProgram("src/proxy/cluster/testing/poller.fixture.ts");
}, 60_000);
afterEach(() => rig.cleanUp());
afterAll(() => poller.remove());

/** How much more memory a process takes at its peak when it polls such a reply. */
async function riseOf(
  behaviour: Behaviour,
  more: readonly string[] = [],
): Promise<z.output<typeof measured>> {
  const server = await rig.serve(sendJson(usual));
  const { fingerprint256 } = rig.certificate;
  const programArguments = [...nodeOptions, ...more, poller.path, server.url, fingerprint256];
  const child = spawn(process.execPath, programArguments, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<unknown> => (await lines.next()).value;
  expect(await line()).toBe("warm");
  server.behave(behaviour);
  child.stdin.write("go\n");
  const found = measured.parse(JSON.parse(String(await line())));
  await server.close();
  return found;
}

// Only Linux tells the peak of a stretch of time.
describe.skipIf(process.platform !== "linux")("less than 16 MB of memory is taken by", () => {
  it.each(worstReplies)("%s", { timeout: 120_000 }, async (_, behaviour, words) => {
    const rises: number[] = [];
    const middle = (): number => rises.toSorted((one, other) => one - other)[1] ?? Infinity;
    // The median of three; two that are small enough have decided what it is.
    while (rises.length < 3 && middle() / mebibyte >= 16) {
      // One after the other: they would slow each other, and memory is what counts.
      // oxlint-disable-next-line no-await-in-loop
      const { riseBytes, heard } = await riseOf(behaviour);
      expect(heard.join()).toMatch(words);
      rises.push(riseBytes);
    }
    expect(middle() / mebibyte).toBeLessThan(16);
  });
});

describe("a heap of 32 MB", () => {
  it("is enough for the worst of them", { timeout: 120_000 }, async () => {
    for (const [, behaviour, words] of worstReplies) {
      // oxlint-disable-next-line no-await-in-loop
      const { heard } = await riseOf(behaviour, ["--max-old-space-size=32"]);
      expect(heard.join()).toMatch(words);
    }
  });
});
