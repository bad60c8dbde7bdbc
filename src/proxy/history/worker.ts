/** The history's own thread: a slow or hanging disk holds up nothing but this. */
import { parentPort, workerData } from "node:worker_threads";
import { HistoryInUseError, reasonOf } from "./errors.ts";
import type { Answer, Message, Numbered, Opening, Request, ThreadOptions } from "./protocol.ts";
import { openStore } from "./store.ts";
import type { Store } from "./store.ts";

const options: ThreadOptions = workerData;
const send = (message: Message): void => parentPort?.postMessage(message);

async function answerTo(store: Store, request: Request): Promise<Answer> {
  try {
    switch (request.kind) {
      case "write":
        await store.write(request.records);
        return { kind: "done" };
      case "read": {
        const { cluster, from, to, limit } = request;
        return { kind: "read", ...(await store.read(cluster, from, to, limit)) };
      }
      case "prune": {
        const { olderThan, maxBytes, keepFrom } = request;
        return { kind: "pruned", ...(await store.prune(olderThan, maxBytes, keepFrom)) };
      }
      case "close":
        await store.close();
        return { kind: "done" };
    }
  } catch (error) {
    return { kind: "failed", message: reasonOf(error) };
  }
}

async function open(): Promise<Opening> {
  try {
    const store = await openStore(options.folder);
    // One after the other: the asker relies on answers in the order of the questions.
    let last = Promise.resolve();
    parentPort?.on("message", ({ id, content }: Numbered<Request>) => {
      last = last.then(async () =>
        send({ kind: "answer", answer: { id, content: await answerTo(store, content) } }),
      );
    });
    return { kind: "open", newestSequences: await store.newestSequences() };
  } catch (error) {
    const kind = error instanceof HistoryInUseError ? "in-use" : "unavailable";
    return { kind, message: reasonOf(error) };
  }
}

send({ kind: "opening", opening: await open() });
