import { type Clock, settledWithin } from "../clock.ts";
import { HistoryInUseError } from "./errors.ts";
import type { Answer, Ending, Opened, Request } from "./protocol.ts";
import { startThread, type Thread } from "./thread.ts";

/** A store that is open whenever it can be. */
export type Connection = {
  /** Asks the store; rejects in words for people, at once while it is not open. */
  readonly ask: (request: Request) => Promise<Answer>;
  /**
   * Settles once it is open, or can't be opened for now, or takes too long for that.
   *
   * @param limitMs how long that is
   * @throws HistoryInUseError when another process has the folder
   */
  readonly tried: (limitMs: number) => Promise<void>;
  /**
   * Ends it. Whether that worked: a thread that hangs in the disk can't be ended.
   *
   * @param limitMs no longer than this is waited for that
   */
  readonly stop: (limitMs: number) => Promise<boolean>;
};

/** What a connection is kept with. */
export type ConnectionOptions = {
  readonly folder: string;
  /** The built `worker.ts` of this folder. */
  readonly workerUrl: URL;
  readonly clock: Clock;
  /** How long after a failure it is opened again. */
  readonly reopenAfterMs: number;
  /** Called each time that the store was opened, before anything else is asked of it. */
  readonly onOpened: (opened: Opened) => void;
  /** Called each time that it can't be opened or is closed by a fault; not when it is stopped. */
  readonly onEnded: (kind: Ending["kind"], reason: string) => void;
};

/** Opens the store of a folder and, after any fault, opens it again, for as long as it is not stopped. */
export function connect(options: ConnectionOptions): Connection {
  const { folder, workerUrl, clock, reopenAfterMs, onOpened, onEnded } = options;
  let thread: Thread | undefined;
  let closedBecause: string | null = "the disk does not answer";
  let isStopped = false;
  let cancelWait = (): void => undefined;
  let decide: (ending: Ending | null) => void = () => undefined;
  const decided = new Promise<Ending | null>((resolve) => {
    decide = resolve;
  });

  /** One thread from its start to its end. */
  const openOnce = async (damage: string | null): Promise<Ending> => {
    thread = startThread(workerUrl, { folder, damage });
    const { opened, ended } = thread;
    const begin = async (): Promise<void> => {
      const found = await opened;
      if (!isStopped) {
        closedBecause = null;
        onOpened(found);
        decide(null);
      }
    };
    void begin();
    const ending = await ended;
    const wasOpen = closedBecause === null;
    closedBecause = wasOpen ? ending.reason : `it can't be opened: ${ending.reason}`;
    return ending;
  };

  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(reopenAfterMs, resolve);
      cancelWait = () => {
        cancel();
        resolve();
      };
    });

  const keepOpen = async (): Promise<void> => {
    let damage: string | null = null;
    while (!isStopped) {
      const isSalvaging: boolean = damage !== null;
      // oxlint-disable-next-line no-await-in-loop
      const ending = await openOnce(damage);
      damage = ending.kind === "damaged" ? ending.reason : null;
      if (!isStopped && (damage === null || isSalvaging)) {
        onEnded(ending.kind, closedBecause ?? ending.reason);
        decide(ending);
        // oxlint-disable-next-line no-await-in-loop
        await wait();
      }
    }
  };

  const stop = async (limitMs: number): Promise<boolean> => {
    isStopped = true;
    cancelWait();
    return thread === undefined || (await settledWithin(clock, thread.stop(), limitMs));
  };

  const tried = async (limitMs: number): Promise<void> => {
    if (!(await settledWithin(clock, decided, limitMs))) {
      onEnded("failed", "the disk does not answer");
      return;
    }
    const ending = await decided;
    if (ending?.kind === "in-use") {
      await stop(limitMs);
      throw new HistoryInUseError(ending.reason);
    }
  };

  void keepOpen();
  return {
    tried,
    stop,
    ask: async (request) => {
      if (thread === undefined || closedBecause !== null) {
        throw new Error(closedBecause ?? "it is not open");
      }
      return await thread.ask(request);
    },
  };
}
