import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { idle } from "./rig.ts";
import type { TestCertificate } from "./certificates.ts";

/** A node in a process of its own, which can be stopped in its tracks: its kernel goes on to speak for it. */
export type Peer = {
  readonly url: string;
  readonly pause: () => Promise<void>;
  readonly resume: () => void;
  /** Connects until the queue of connections that nobody takes is full: whatever is sent after that vanishes. */
  readonly fillBacklog: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const program = new URL("./peer.mjs", import.meta.url);
/** Linux takes one connection more than it is told; the others wait for an answer to their first packet. */
const backlog = 1;
const connections = 6;

/** Starts a node that answers idle. */
export async function startPeer({ cert, key }: TestCertificate): Promise<Peer> {
  const child = spawn(process.execPath, [program.pathname], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PEER_CERTIFICATE: cert,
      PEER_KEY: key,
      PEER_REPLY: JSON.stringify(idle),
      PEER_BACKLOG: String(backlog),
    },
  });
  const [line]: unknown[] = await once(child.stdout, "data");
  const port = Number(String(line));
  const sockets: Socket[] = [];
  return {
    url: `https://127.0.0.1:${port}`,
    pause: async () => {
      child.kill("SIGSTOP");
      while (!isStopped(child)) {
        // oxlint-disable-next-line no-await-in-loop -- until the kernel has stopped it
        await new Promise(setImmediate);
      }
    },
    resume: () => void child.kill("SIGCONT"),
    fillBacklog: async () => {
      for (let count = 0; count < connections; count += 1) {
        const socket = connect(port, "127.0.0.1");
        socket.on("error", () => undefined);
        sockets.push(socket);
      }
      await once(sockets[0] ?? child, "connect");
    },
    end: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** As Linux tells it: the state follows the name, which stands in parentheses. */
function isStopped({ pid }: ChildProcess): boolean {
  return /\) T /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}
