/** What is done to the server and around it in a soak, each at its time. */
import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunningProxy } from "../proxy.ts";
import { soakNow, type SoakTime } from "./clock.ts";
import type { Form } from "./script.ts";
import type { Stretch } from "./truth.ts";
import type { World } from "./world.ts";

/** What goes on. */
export type Events = {
  /** Whether the server runs and is not held up. */
  readonly isServing: () => boolean;
  /** Whether it was disturbed since this was asked last. */
  readonly wasDisturbed: () => boolean;
  /** When it was away, or did not know yet of a new certificate or token. */
  readonly disturbed: readonly Stretch[];
  /** Rejects where something could not be done. */
  readonly ended: Promise<void>;
};

type Setting = {
  readonly form: Form;
  readonly time: SoakTime;
  readonly world: World;
  readonly proxy: RunningProxy;
  readonly built: { readonly page: string };
  readonly more: Readonly<Record<string, unknown>>;
  readonly durationMs: number;
};

const pausedMs = 5_000;
const outageMs = 6 * 3_600_000;
const diskFullMs = 3_600_000;

/** Begins. All restarts are well in the first third, for slopes are judged over one process. */
export function happen(setting: Setting): Events {
  const { form, time, world, proxy, built, more, durationMs } = setting;
  const beganMs = performance.now();
  const disturbed: Stretch[] = [];
  let isServing = true;
  let disturbances = 0;
  let known = 0;

  const until = (share: number): Promise<void> =>
    pause(Math.max(0, beganMs + share * durationMs - performance.now()));
  const away = async (what: () => Promise<void>): Promise<void> => {
    const from = soakNow(time);
    isServing = false;
    disturbances += 1;
    await what();
    isServing = true;
    disturbed.push({ from, to: soakNow(time) });
  };
  const changeSecret = async (what: () => void | Promise<void>): Promise<void> => {
    const from = soakNow(time);
    await what();
    proxy.configure({ clusters: world.watched, more });
    proxy.reload();
    await pause(1_000);
    disturbed.push({ from, to: soakNow(time) });
  };

  const restarts = async (): Promise<void> => {
    for (let restart = 1; restart <= form.restarts; restart += 1) {
      // oxlint-disable no-await-in-loop
      await until((form.restartedShare * restart) / form.restarts);
      if (form.hasNewBuild && restart === form.restarts) {
        appendFileSync(join(built.page, "index.html"), "<!-- the next build -->\n");
      }
      await away(() => proxy.restart());
      // oxlint-enable no-await-in-loop
    }
    await until(form.restartedShare + 0.03);
    await away(async () => {
      proxy.pause();
      await pause(pausedMs);
      proxy.resume();
      await pause(500);
    });
  };
  const faults = async (): Promise<void> => {
    await until(0.45);
    world.setOutage(true);
    await pause(outageMs / time.speed);
    world.setOutage(false);
    await until(0.78);
    await changeSecret(() => world.manual[0]?.rotateCertificate());
    await until(0.84);
    await changeSecret(() => world.manual[2]?.replaceToken(`access-v1:${"rotated".repeat(6)}`));
    if (process.platform === "linux") {
      await until(0.9);
      limitFiles(proxy, "100000");
      await pause(diskFullMs / time.speed);
      limitFiles(proxy, "unlimited");
    }
  };
  const viewers = async (): Promise<void> => {
    for (let viewer = 1; viewer <= form.viewers; viewer += 1) {
      // oxlint-disable no-await-in-loop
      await until(viewer / (form.viewers + 1));
      await visit(`${proxy.url}/api/lanes`);
      // oxlint-enable no-await-in-loop
    }
  };
  const ended = Promise.all([restarts(), faults(), viewers()]).then(() => undefined);
  // Whoever looks on waits for it only at the end.
  ended.catch(() => undefined);
  return {
    isServing: () => isServing,
    wasDisturbed: () => {
      const was = disturbances > known;
      known = disturbances;
      return was;
    },
    disturbed,
    ended,
  };
}

/** A limit on the size of files is what a full disk looks like; only the soft one, or nobody could take it back. */
function limitFiles(proxy: RunningProxy, bytes: string): void {
  execFileSync("prlimit", ["--pid", `${proxy.processId()}`, `--fsize=${bytes}:unlimited`]);
}

/** Comes on a connection of its own, reads, and goes; a server that is away is no fault. */
function visit(url: string): Promise<void> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 5_000 }, (response) => {
      response.resume().once("close", () => resolve());
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve());
  });
}
