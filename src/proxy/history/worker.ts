/** The history's own thread: a slow or hanging disk holds up nothing but this. */
import { parentPort, workerData } from "node:worker_threads";
import { openStore } from "./disk/open.ts";
import type { Store } from "./disk/store.ts";
import {
  HistoryDamagedError,
  HistoryInUseError,
  HistoryRemovedError,
  isDamage,
  reasonOf,
} from "./errors.ts";
import type { Answer, Ending, Message, Numbered, Request, ThreadOptions } from "./protocol.ts";

const options: ThreadOptions = workerData;
const send = (message: Message): void => parentPort?.postMessage(message);

/** Only the end of the thread closes its files for good; the next one starts from what is in the folder. */
function end(error: unknown): void {
  send({ kind: "ending", ending: { kind: kindOf(error), reason: reasonOf(error) } });
  parentPort?.close();
}

function kindOf(error: unknown): Ending["kind"] {
  if (error instanceof HistoryInUseError) {
    return "in-use";
  }
  if (error instanceof HistoryRemovedError) {
    return "removed";
  }
  return error instanceof HistoryDamagedError || isDamage(error) ? "damaged" : "failed";
}

async function answerTo(store: Store, request: Request): Promise<Answer> {
  switch (request.kind) {
    case "write":
      await store.write(request.records);
      return { kind: "done" };
    case "read": {
      const { cluster, from, to, limit } = request;
      return { kind: "read", ...(await store.read(cluster, from, to, limit)) };
    }
    case "page": {
      const { cluster, before, limit } = request;
      return { kind: "read", ...(await store.page(cluster, before, limit)) };
    }
    case "notes":
      return { kind: "notes", reading: await store.notes(request.asked) };
    case "add-note":
      return { kind: "note", outcome: await store.addNote(request.record) };
    case "withdraw-note": {
      const { cluster, id, by, at } = request;
      return { kind: "note", outcome: await store.withdrawNote(cluster, id, by, at) };
    }
    case "prune":
      return { kind: "pruned", ...(await store.prune(request.limits, request.place)) };
    case "close":
      await store.close();
      return { kind: "done" };
  }
}

async function answer(store: Store, { id, content }: Numbered<Request>): Promise<void> {
  try {
    send({ kind: "answer", answer: { id, content: await answerTo(store, content) } });
  } catch (error) {
    send({ kind: "answer", answer: { id, content: { kind: "failed", message: reasonOf(error) } } });
    if (isDamage(error) || error instanceof HistoryRemovedError) {
      end(error);
    }
  }
}

try {
  const { store, salvage } = await openStore(options.folder, options.damage);
  // One after the other: the asker relies on answers in the order of the questions.
  let last = Promise.resolve();
  parentPort?.on("message", (question: Numbered<Request>) => {
    last = last.then(() => answer(store, question));
  });
  send({ kind: "opened", opened: { newest: await store.newest(), salvage } });
} catch (error) {
  end(error);
}
