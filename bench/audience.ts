/** Viewers of the real program, in a process of their own. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as z from "zod/mini";

const told = z.object({ latenciesMs: z.array(z.number()), failures: z.number() });

/** So many viewers that look once a second each. */
export type Audience = {
  /** Forgets what was measured so far. */
  readonly begin: () => void;
  /** How long each answer took since {@link Audience.begin}, to its last byte, and how many came to nothing. */
  readonly tell: () => Promise<z.output<typeof told>>;
  readonly stop: () => Promise<void>;
};

/** Lets so many viewers ask an address. */
export function gather(viewers: number, url: string): Audience {
  const child = fork(join(import.meta.dirname, "viewers.mjs"), [url, String(viewers)], {
    execArgv: [],
  });
  return {
    begin: () => void child.send("begin"),
    tell: async () => {
      const answer = once(child, "message");
      child.send("tell");
      const [message] = await answer;
      return told.parse(message);
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
