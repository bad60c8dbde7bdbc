/**
 * A browser whose tabs are as a user's: one window, one tab in front, the others really hidden and slowed down. (The
 * test library keeps every page of its own in front.) It is driven over a pipe.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import * as z from "zod/mini";
import { chosenBrowser } from "./browser.ts";

/** One tab. */
export type Tab = {
  /** What an expression gives, a promise's value too. */
  readonly read: (expression: string) => Promise<unknown>;
  readonly send: (method: string, parameters?: object) => Promise<unknown>;
  /** Puts it in front of the others, which hides them. */
  readonly show: () => Promise<void>;
  /** Lets go of it: a browser sets no tab aside that is held. */
  readonly leave: () => Promise<void>;
};

/** A window with tabs. */
export type Tabs = {
  /** Opens one in this window, or in a window of its own, where it hides no other. */
  readonly open: (url: string, place?: "here" | "new window") => Promise<Tab>;
  /** The tab at an address that was let go. */
  readonly find: (url: string) => Promise<Tab>;
  readonly stop: () => Promise<void>;
};

/** What is unlike a browser that was just installed. */
export type TabsSettings = {
  /** Whether pages may keep nothing, which is what a browser does that allows no cookies. */
  readonly deniesStorage?: boolean;
  /** For its engine, as V8 knows them. */
  readonly engineOptions?: string;
};

const message = z.object({
  id: z.optional(z.number()),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ message: z.string() })),
});
const targetSchema = z.object({ targetId: z.string() });
const targetsSchema = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), url: z.string(), attached: z.boolean() })),
});
const sessionSchema = z.object({ sessionId: z.string() });
const valueSchema = z.object({ result: z.object({ value: z.optional(z.unknown()) }) });

type Waiting = {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
};

/** Starts a window without the test library's helping hands: what is hidden is slowed down as a user's is. */
export async function openTabs(settings: TabsSettings = {}): Promise<Tabs> {
  const { executablePath, args, environment } = chosenBrowser();
  const folder = mkdtempSync(join(tmpdir(), "upgrade-watch-tabs-"));
  if (settings.deniesStorage === true) {
    mkdirSync(join(folder, "Default"));
    const denied = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify(denied));
  }
  writeFileSync(join(folder, "Local State"), JSON.stringify({ internal_only_uis_enabled: true }));
  const options = [
    "--headless",
    "--remote-debugging-pipe",
    `--user-data-dir=${folder}`,
    ...(settings.engineOptions === undefined ? [] : [`--js-flags=${settings.engineOptions}`]),
  ];
  const child = spawn(executablePath, [...args, ...options, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    env: environment,
  });
  const [, , , to, from] = child.stdio;
  if (!(to instanceof Writable) || !(from instanceof Readable)) {
    throw new Error("The browser has no pipe.");
  }
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let heard = "";
  from.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (heard + chunk).split("\0");
    heard = lines.pop() ?? "";
    for (const line of lines) {
      const { id = 0, result, error } = message.parse(JSON.parse(line));
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) {
        asked?.resolve(result);
      } else {
        asked?.reject(new Error(error.message));
      }
    }
  });
  const send = (method: string, params: object = {}, sessionId?: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      to.write(`${JSON.stringify({ id: count, method, params, sessionId })}\0`);
    });
  const attach = async (targetId: string): Promise<Tab> => {
    const attached = await send("Target.attachToTarget", { targetId, flatten: true });
    const { sessionId } = sessionSchema.parse(attached);
    return {
      read: async (expression) => {
        const parameters = { expression, awaitPromise: true, returnByValue: true };
        const given = await send("Runtime.evaluate", parameters, sessionId).catch((error) => {
          // Between two documents there is nothing to read from.
          if (/execution context/.test(String(error))) {
            return { result: {} };
          }
          throw error;
        });
        return valueSchema.parse(given).result.value;
      },
      send: (method, parameters) => send(method, parameters, sessionId),
      show: async () => void (await send("Target.activateTarget", { targetId })),
      leave: async () => void (await send("Target.detachFromTarget", { sessionId })),
    };
  };
  return {
    open: async (url, place = "here") => {
      const blank = { url: "about:blank", newWindow: place === "new window" };
      const { targetId } = targetSchema.parse(await send("Target.createTarget", blank));
      const tab = await attach(targetId);
      await tab.send("Page.navigate", { url });
      return tab;
    },
    find: async (url) => {
      const { targetInfos } = targetsSchema.parse(await send("Target.getTargets"));
      const found = targetInfos.find((target) => target.url === url && !target.attached);
      if (found === undefined) {
        throw new Error(`No tab is at ${url}.`);
      }
      await send("Target.activateTarget", { targetId: found.targetId });
      return await attach(found.targetId);
    },
    stop: async () => {
      const exited = once(child, "exit");
      await send("Browser.close");
      await exited;
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
