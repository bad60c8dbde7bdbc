import { Worker } from "node:worker_threads";
import type {
  Answer,
  Ending,
  Message,
  Numbered,
  Opened,
  Request,
  ThreadOptions,
} from "./protocol.ts";

/** The thread that holds the store. */
export type Thread = {
  /** Settles once the store is open; never when the thread ends before that, or hangs. */
  readonly opened: Promise<Opened>;
  /** Asks the thread; rejects in words for people when it failed, or has ended. Never ends on its own if it hangs. */
  readonly ask: (request: Request) => Promise<Answer>;
  /** Settles with the reason when the thread has ended. */
  readonly ended: Promise<Ending>;
  /** Ends the thread; one that hangs in the disk can't be ended. */
  readonly stop: () => Promise<void>;
};

const mostQuestions = 200;
/** For rows that come and go; Node would let it have sixteen times as much, and keep it. */
const youngMb = 3;

type Question = {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Starts the thread, which opens the store.
 *
 * @param workerUrl where the built worker is
 */
export function startThread(workerUrl: URL, options: ThreadOptions): Thread {
  const worker = new Worker(workerUrl, {
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  });
  const questions = new Map<number, Question>();
  let newest = 0;
  let ending: Ending | undefined;

  const opened = new Promise<Opened>((resolve) => {
    worker.on("message", (message: Message) => {
      switch (message.kind) {
        case "answer": {
          const { id, content } = message.answer;
          questions.get(id)?.resolve(content);
          questions.delete(id);
          break;
        }
        case "opened":
          resolve(message.opened);
          break;
        case "ending":
          ending = message.ending;
      }
    });
  });

  const ended = new Promise<Ending>((resolve) => {
    const end = (reason: string): void => {
      ending ??= { kind: "failed", reason };
      for (const { reject } of questions.values()) {
        reject(new Error(ending.reason));
      }
      questions.clear();
      resolve(ending);
    };
    worker.once("error", (error) => end(`its thread ended: ${error.message}`));
    worker.once("exit", (code) => end(`its thread ended with code ${code}`));
  });

  return {
    opened,
    ended,
    stop: async () => {
      await worker.terminate();
    },
    ask: (content) =>
      new Promise((resolve, reject) => {
        if (ending !== undefined) {
          reject(new Error(ending.reason));
          return;
        }
        if (questions.size >= mostQuestions) {
          reject(new Error("the disk does not answer"));
          return;
        }
        newest += 1;
        questions.set(newest, {
          reject,
          resolve: (answer) =>
            answer.kind === "failed" ? reject(new Error(answer.message)) : resolve(answer),
        });
        const question: Numbered<Request> = { id: newest, content };
        worker.postMessage(question);
      }),
  };
}
