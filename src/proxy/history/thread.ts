import { Worker } from "node:worker_threads";
import { type Clock, settledWithin } from "../clock.ts";
import { HistoryInUseError, HistoryUnavailableError } from "./errors.ts";
import type { Answer, Message, Numbered, Request, ThreadOptions } from "./protocol.ts";

/** The thread that holds the store. */
export type Thread = {
  /** Each cluster's newest place, as found when the store was opened. */
  readonly newestSequences: ReadonlyMap<string, number>;
  /** Asks the thread; rejects in words for people when it failed, or has ended. Never ends on its own if it hangs. */
  readonly ask: (request: Request) => Promise<Answer>;
  /** Settles with the reason when the thread has ended. */
  readonly ended: Promise<string>;
  /** Ends the thread, whatever it does. */
  readonly stop: () => Promise<void>;
};

const openWithinMs = 10_000;
const mostQuestions = 200;

type Question = {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Starts the thread and opens the store in it.
 *
 * @param workerUrl where the built worker is
 * @throws HistoryInUseError, HistoryUnavailableError
 */
export async function startThread(
  workerUrl: URL,
  options: ThreadOptions,
  clock: Clock,
): Promise<Thread> {
  const worker = new Worker(workerUrl, { workerData: options });
  const questions = new Map<number, Question>();
  let newest = 0;
  let isEnded = false;

  const ended = new Promise<string>((resolve) => {
    worker.once("error", (error) => resolve(`its thread ended: ${error.message}`));
    worker.once("exit", (code) => resolve(`its thread ended with code ${code}`));
  });
  const refuseAll = (reason: string): void => {
    isEnded = true;
    for (const { reject } of questions.values()) {
      reject(new Error(reason));
    }
    questions.clear();
  };
  void ended.then(refuseAll);

  const opened = new Promise<ReadonlyMap<string, number>>((resolve, reject) => {
    worker.on("message", (message: Message) => {
      if (message.kind === "answer") {
        const { id, content } = message.answer;
        questions.get(id)?.resolve(content);
        questions.delete(id);
      } else if (message.opening.kind === "open") {
        resolve(message.opening.newestSequences);
      } else {
        const { kind, message: text } = message.opening;
        reject(kind === "in-use" ? new HistoryInUseError(text) : new HistoryUnavailableError(text));
      }
    });
    void ended.then((reason) =>
      reject(
        new HistoryUnavailableError(
          `The history in ${options.folder} cannot be opened: ${reason}.`,
        ),
      ),
    );
  });

  const stop = async (): Promise<void> => {
    await worker.terminate();
  };

  try {
    if (!(await settledWithin(clock, opened, openWithinMs))) {
      throw new HistoryUnavailableError(
        `The history in ${options.folder} cannot be opened: the disk does not answer.`,
      );
    }
  } catch (error) {
    // A thread that hangs in the disk can't be ended; nobody waits for it.
    void stop();
    throw error;
  }

  return {
    newestSequences: await opened,
    ended,
    stop,
    ask: (content) =>
      new Promise((resolve, reject) => {
        if (isEnded) {
          reject(new Error("its thread has ended"));
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
