import type { Clock } from "../clock.ts";
import { utcTime } from "../utcTime.ts";
import { reasonOf } from "./errors.ts";
import { WriteQueue } from "./queue.ts";
import type { Waiter } from "./queue.ts";
import type { SpanRecord } from "./disk/row.ts";

/** Whether what is heard gets saved. */
export type HistoryHealth = {
  readonly state: "ok" | "degraded";
  /** Milliseconds since 1970. */
  readonly since: number;
  /** In words for people. */
  readonly message: string;
};

/** What a saver works with. */
export type SaverOptions = {
  readonly folder: string;
  readonly clock: Pick<Clock, "now" | "after">;
  /** Writes records in one transaction; resolves once they are on disk. */
  readonly write: (records: readonly SpanRecord[]) => Promise<void>;
  readonly onProblem: (message: string) => void;
  readonly onRecovery: (message: string) => void;
  readonly flushEveryMs: number;
  readonly retryAfterMs: number;
  readonly mostPending: number;
};

/** A write that takes longer is told as a problem: what it holds is served before it is saved. */
const slowAfterMs = 250;

/** Brings records to the disk: in batches, again after a failure, and says how that goes. */
export class Saver {
  readonly queue: WriteQueue;
  readonly #options: SaverOptions;
  #health: HistoryHealth;
  #isEverythingDue = false;
  #isPlanned = false;
  #cancelFlush: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;
  #draining: Waiter | undefined;

  constructor(options: SaverOptions) {
    this.#options = options;
    this.queue = new WriteQueue(options.mostPending);
    this.#health = this.#wellSince(options.clock.now());
  }

  get health(): HistoryHealth {
    return this.#health;
  }

  /**
   * Saves records of one cluster with the next batch; or, unless urgent, within the flush interval.
   */
  save(cluster: string, records: readonly SpanRecord[], isUrgent: boolean, waiter: Waiter): void {
    const { clock, flushEveryMs, folder, onProblem } = this.#options;
    const givenUp = this.queue.add(cluster, records, isUrgent, waiter);
    if (givenUp !== undefined) {
      onProblem(
        `The history in ${folder} could not be saved for so long that ${givenUp.count} older records of ${givenUp.cluster} were given up; that time will read as not observed.`,
      );
    }
    if (isUrgent) {
      this.#plan();
    } else {
      this.#cancelFlush ??= clock.after(flushEveryMs, () => this.flush());
    }
  }

  /** Saves all that is pending with the next batch. */
  flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    this.#isEverythingDue = true;
    this.#plan();
  }

  /** Saves all that is pending at once; resolves when nothing is, rejects when the disk refuses it. */
  async drain(): Promise<void> {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    await new Promise<void>((resolve, reject) => {
      this.#draining = { resolve, reject };
      this.flush();
    });
  }

  /** Gives up what is still pending, and ends all timers. */
  stop(): void {
    this.#cancelFlush?.();
    this.#cancelRetry?.();
    this.queue.giveUp(new Error("Upgrade Watch stopped before this was saved."));
  }

  /** Says that nothing is being saved: once until it works again, and anew for another reason. */
  degrade(reason: string): void {
    const { folder, clock, onProblem } = this.#options;
    const isNew = this.#health.state === "ok";
    const since = isNew ? clock.now() : this.#health.since;
    const message = `The history in ${folder} is not being saved: ${reason.replace(/\.$/, "")}. Not saved since ${utcTime(since)}. Live status goes on; what is heard is kept in memory and saved as soon as that works.`;
    if (message !== this.#health.message) {
      this.#health = { state: "degraded", since, message };
      onProblem(message);
    }
  }

  #recover(): void {
    const { folder, clock, onRecovery } = this.#options;
    if (this.#health.state === "degraded") {
      this.#health = this.#wellSince(clock.now());
      onRecovery(`The history in ${folder} is being saved again.`);
    }
  }

  #wellSince(since: number): HistoryHealth {
    return { state: "ok", since, message: `The history is saved in ${this.#options.folder}.` };
  }

  /** All changes of one turn of the event loop go into one transaction. */
  #plan(): void {
    if (!this.#isPlanned && this.#cancelRetry === undefined) {
      this.#isPlanned = true;
      setImmediate(() => {
        this.#isPlanned = false;
        void this.#writeNext();
      });
    }
  }

  async #writeNext(): Promise<void> {
    if (this.queue.isEmpty) {
      this.#draining?.resolve();
    }
    const records = this.queue.take(this.#isEverythingDue);
    if (records === undefined) {
      return;
    }
    this.#isEverythingDue = this.#draining !== undefined;
    const cancelSlow = this.#options.clock.after(slowAfterMs, () =>
      this.degrade(`the disk takes longer than ${slowAfterMs} ms`),
    );
    try {
      await this.#options.write(records);
      this.queue.written();
      this.#recover();
    } catch (error) {
      this.queue.putBack();
      this.degrade(reasonOf(error));
      this.#draining?.reject(new Error(reasonOf(error)));
      this.#cancelRetry = this.#options.clock.after(this.#options.retryAfterMs, () => {
        this.#cancelRetry = undefined;
        this.flush();
      });
    } finally {
      cancelSlow();
    }
    this.#plan();
  }
}
