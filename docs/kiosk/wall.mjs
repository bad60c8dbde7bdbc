#!/usr/bin/env node
/**
 * Keeps one browser, full screen, on one wall, for months: starts it, waits for the server, loads the wall again when its
 * tab crashed or shows something else, and starts the browser anew when it ended or hangs. See docs/kiosk.md.
 *
 *   node wall.mjs URL [option of the browser …]
 *
 * It needs Node 20 or later and nothing else, and speaks to the browser over a pipe: no debugging port is open to others.
 * `CHROMIUM_PATH` names another browser, `PROFILE` the folder of its profile. It writes one line of JSON for each event.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const lookEveryMs = 5000;
/** A tab that does not answer for so long hangs; a slow display may take seconds. */
const answersWithinMs = 15_000;
/** Something else than a wall is borne for so long: the page may be about to heal itself. */
const strangeForMs = 60_000;
const restartAfterMs = 2000;

const browserOptions = [
  "--kiosk",
  "--no-first-run",
  "--no-default-browser-check",
  "--noerrdialogs",
  "--hide-crash-restore-bubble",
  "--disable-features=Translate",
  "--disable-pinch",
  "--overscroll-history-navigation=0",
  "--autoplay-policy=no-user-gesture-required",
  "--password-store=basic",
  "--disable-component-update",
  // A wall that its browser takes for hidden goes on at full speed.
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];

const waitingPage = `data:text/html,${encodeURIComponent(
  "<title>Upgrade Watch</title><body style='background:#05070b;color:#97a3b6;font:4vmin sans-serif;display:grid;place-items:center;height:90vh'>Waiting for the server of Upgrade Watch …",
)}`;

const [address = "", ...moreOptions] = process.argv.slice(2);
if (!URL.canParse(address)) {
  process.stderr.write("Say which wall to show: node wall.mjs https://watch.example/wall\n");
  process.exit(2);
}
const wall = new URL(address);
const health = new URL("healthz", wall.href.replace(/\/(?:wall|clusters)(?:[/?#].*)?$/, "/"));

const log = (event, more = {}) =>
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...more })}\n`);

let browser;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    log("stopped");
    endBrowser("SIGTERM");
    process.exit(0);
  });
}

for (;;) {
  const reason = await watchOneBrowser();
  log("browser ended", { reason });
  await sleep(restartAfterMs);
}

/** From its start to its end. @returns why it ended */
async function watchOneBrowser() {
  const profile = process.env.PROFILE ?? `${process.env.HOME ?? "/tmp"}/.upgrade-watch-wall`;
  const options = [...browserOptions, ...moreOptions, `--user-data-dir=${profile}`];
  browser = spawn(
    process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    [...options, "--remote-debugging-pipe", waitingPage],
    // A process group of its own, so that a renderer that hangs goes with it.
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], detached: true },
  );
  const ended = Promise.race([
    once(browser, "exit").then(([code, signal]) => `exit ${signal ?? code}`),
    once(browser, "error").then(([error]) => error.message),
  ]);
  log("browser started", { pid: browser.pid });
  const over = new AbortController();
  const watched = watchTab(connect(browser), over.signal).catch((error) => error.message);
  const reason = await Promise.race([ended, watched]);
  over.abort();
  endBrowser("SIGKILL");
  await ended;
  return reason;
}

function endBrowser(signal) {
  try {
    if (browser?.pid !== undefined) {
      process.kill(-browser.pid, signal);
    }
  } catch {
    // None of it is left.
  }
}

/** Sees to it that the tab shows the wall. Throws when the browser hangs. */
async function watchTab(devTools, signal) {
  const { targetInfos } = await devTools.send("Target.getTargets");
  const { targetId } = targetInfos.find(({ type }) => type === "page");
  const { sessionId } = await devTools.send("Target.attachToTarget", { targetId, flatten: true });
  const tab = (method, parameters) => devTools.send(method, parameters, sessionId);
  await tab("Inspector.enable");
  let crashed = false;
  devTools.on("Inspector.targetCrashed", () => {
    crashed = true;
    log("tab crashed");
    devTools.giveUp();
  });
  let strangeSince = null;
  for (;;) {
    if (!crashed && (await showsWall(tab))) {
      strangeSince = null;
    } else {
      strangeSince ??= Date.now();
      const isLate = Date.now() - strangeSince > strangeForMs;
      if ((crashed || isLate || !(await isOurs(tab))) && (await isServerUp())) {
        log("wall loaded");
        crashed = false;
        strangeSince = null;
        await tab("Page.navigate", { url: wall.href });
      }
    }
    await sleep(crashed ? 1000 : lookEveryMs, undefined, { signal });
  }
}

/** Whether a wall is drawn, however old its picture: that it says itself. */
async function showsWall(tab) {
  return (await read(tab, "document.querySelector('[data-theme=wall]') !== null")) === true;
}

/** Whether the tab is at our server at all, and not at the browser's own error page or where we wait. */
async function isOurs(tab) {
  return (await read(tab, "location.origin")) === wall.origin;
}

async function read(tab, expression) {
  const { result } = await tab("Runtime.evaluate", { expression, returnByValue: true });
  return result?.value;
}

async function isServerUp() {
  try {
    const answer = await fetch(health, { signal: AbortSignal.timeout(5000) });
    return answer.ok && (await answer.json()).status === "ok";
  } catch {
    // Refused, cut off or not ours: there is nothing to load yet.
    return false;
  }
}

/** The browser's side of the pipe: commands with a deadline, and events by name. */
function connect({ stdio: [, , , to, from] }) {
  const waiting = new Map();
  const listeners = new Map();
  let count = 0;
  let heard = "";
  // A browser that ends breaks its pipe; that it ended is told by its exit.
  to.on("error", () => {});
  from.on("error", () => {});
  from.setEncoding("utf8").on("data", (chunk) => {
    const messages = (heard + chunk).split("\0");
    heard = messages.pop();
    for (const { id, method, result, error } of messages.map((text) => JSON.parse(text))) {
      waiting.get(id)?.(error === undefined ? result : {});
      waiting.delete(id);
      listeners.get(method)?.();
    }
  });
  return {
    on: (method, listener) => listeners.set(method, listener),
    /** What a crashed tab was asked it never answers. */
    giveUp: () => {
      for (const settle of waiting.values()) {
        settle({});
      }
      waiting.clear();
    },
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(new Error(`hangs: ${method} was not answered`));
        }, answersWithinMs);
        waiting.set(id, (result) => {
          clearTimeout(timer);
          resolve(result);
        });
        to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
  };
}
