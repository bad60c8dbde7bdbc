import type { RunDetail, Runs } from "../../contract/runs.ts";
import { digestOf, earlierRun, type RunDigest } from "../../upgrade/runs/digest.ts";
import type { EarlierRun } from "../../upgrade/runs/earlierRun.ts";
import type { Span } from "../../upgrade/span.ts";
import type { Clock } from "../clock.ts";
import type { History } from "../history/history.ts";
import type { Log } from "../log.ts";
import type { Picture } from "../picture.ts";
import type { EndedRun } from "../replay/earlierBy.ts";
import type { Watch } from "../watch.ts";
import { ClusterRuns, type Whereabouts } from "./clusterRuns.ts";
import { isAskedFor, type RunsQuery } from "./query.ts";
import { notesOf, readInFull } from "./inFull.ts";
import { readBack, shortestRestMs } from "./readBack.ts";
import { rounds } from "./rounds.ts";
import { runParticulars, runSummary } from "./wire.ts";

/** Runs, with what changes when one of them does, other than by time. */
export type RunsAnswer = { readonly runs: Runs; readonly revision: string };

/** One run; or that there is none, or that this can't be told now. */
export type RunAnswer =
  | {
      readonly kind: "run";
      readonly run: RunDetail;
      /** The site's time zone. */
      readonly zone: string;
      /** See {@link InFull}. */
      readonly spans: readonly Span[];
      readonly unreadable: number | null;
    }
  | { readonly kind: "unknown-cluster" | "unknown-run" }
  | { readonly kind: "unread"; readonly message: string };

/** Every run of every cluster that is watched. */
export type RunCatalogue = {
  /** Begins to read what the history holds of earlier runs, a piece at a time. */
  readonly start: () => void;
  readonly stop: () => void;
  readonly list: (query: RunsQuery) => RunsAnswer;
  /** One run in full; `latest` is the newest of its cluster. */
  readonly run: (cluster: string, id: string) => Promise<RunAnswer>;
  /** The runs that ended, of all clusters: what a forecast rests on. */
  readonly earlier: () => readonly EarlierRun[];
  /** The same, each with the moment from which on it was known how it ended. */
  readonly ended: () => readonly EndedRun[];
};

/** What a catalogue works with. */
export type CatalogueTools = {
  readonly watches: () => ReadonlyMap<string, Pick<Watch, "cluster" | "picture">>;
  readonly history: Pick<History, "page" | "keptFrom" | "unreadable" | "notes">;
  readonly clock: Pick<Clock, "now" | "steadyMs" | "after">;
  readonly log: Pick<Log, "warn">;
};

/** All clusters share so many runs in memory, about 4 kB each; a single one never has more than the second. */
const mostRuns = 20_000;
const mostRunsOfOne = 200;
const lookAgainMs = 500;
const retryAfterMs = 5_000;
/** An answer that holds for lists even though polls came in since. */
const listedMs = 2_000;

/** Opens a catalogue; it is empty but for what is in memory until it has read the history. */
export function openRunCatalogue(tools: CatalogueTools): RunCatalogue {
  const { watches, history, clock, log } = tools;
  const books = new Map<string, ClusterRuns>();
  let cancel = (): void => undefined;
  let isStopped = false;
  let hasFailed = false;
  const round = rounds(() => watches().keys());

  const bookOf = (id: string): ClusterRuns => {
    const book = books.get(id) ?? new ClusterRuns();
    books.set(id, book);
    return book;
  };

  const isRead = (id: string, picture: Picture): boolean => bookOf(id).isReadBefore(picture);

  const later = (delayMs: number): void => {
    if (!isStopped) {
      cancel = clock.after(delayMs, () => void readNext());
    }
  };

  function beginRound(): void {
    round.begin();
    for (const id of [...books.keys()].filter((known) => !watches().has(known))) {
      books.delete(id);
    }
  }

  function isUnread(id: string): boolean {
    const picture = watches().get(id)?.picture();
    return picture?.tried === true && !isRead(id, picture);
  }

  /** Reads the history of one cluster whose runs are not known yet, then rests. */
  async function readNext(): Promise<void> {
    const id = round.next(isUnread);
    const watch = watches().get(id ?? "");
    if (id === undefined || watch === undefined) {
      beginRound();
      later(lookAgainMs);
      return;
    }
    try {
      await readAll(id, watch);
      hasFailed = false;
      later(shortestRestMs);
    } catch (error) {
      if (!hasFailed) {
        log.warn("The earlier runs can't be read yet", { cluster: id, error: String(error) });
      }
      hasFailed = true;
      beginRound();
      later(retryAfterMs);
    }
  }

  async function readAll(id: string, watch: Pick<Watch, "cluster" | "picture">): Promise<void> {
    const { records, isWhole } = await readBack(id, () => bookOf(id).neededFrom(watch.picture()), {
      page: history.page,
      clock,
      rest,
      isStopped: () => isStopped,
    });
    const picture = watch.picture();
    if (isStopped) {
      return;
    }
    const share = Math.floor(mostRuns / Math.max(1, watches().size));
    bookOf(id).takeEarlier(records, picture, {
      isWhole,
      addresses: watch.cluster().nodes.length,
      mostRuns: Math.min(mostRunsOfOne, Math.max(1, share)),
    });
  }

  const rest = (delayMs: number): Promise<void> =>
    new Promise((resolve) => {
      cancel = clock.after(delayMs, resolve);
    });

  const digestsOf = (id: string, freshMs = listedMs): readonly RunDigest[] => {
    const watch = watches().get(id);
    return watch === undefined
      ? []
      : bookOf(id).digests(watch.picture(), watch.cluster().nodes.length, {
          keptFrom: history.keptFrom(id),
          nowMs: clock.steadyMs(),
          freshMs,
        });
  };

  const list: RunCatalogue["list"] = (query) => {
    const { clusters, limit } = query;
    const ids = clusters ?? [...watches().keys()];
    const found = ids.flatMap((id) => digestsOf(id).map((digest) => ({ id, digest })));
    const matching = found
      .filter(({ id, digest }) => isAskedFor(nameOf(id), digest, query))
      .sort((one, other) => other.digest.from - one.digest.from);
    const shown = matching.slice(0, limit);
    const pictures = new Map(
      ids.flatMap((id) => {
        const picture = watches().get(id)?.picture();
        return picture === undefined ? [] : [[id, picture] as const];
      }),
    );
    const complete = [...pictures].every(([id, picture]) => isRead(id, picture));
    const left = matching.length - shown.length;
    const runs = shown.map(({ id, digest }) => runSummary(nameOf(id), digest));
    const parts = shown.map(({ id, digest }) =>
      digest.to === null
        ? `${id} ${digest.id} ${pictures.get(id)?.revision ?? ""}`
        : `${id} ${digest.id} ${digest.outcome.kind} ${digest.repeatedBy ?? ""} ${digest.from}`,
    );
    return {
      runs: { now: clock.now(), complete, left, runs },
      revision: [complete, left, ...parts].join("\n"),
    };
  };

  const nameOf = (id: string) => ({ id, name: watches().get(id)?.cluster().name ?? id });

  const run: RunCatalogue["run"] = async (id, asked) => {
    const watch = watches().get(id);
    if (watch === undefined) {
      return { kind: "unknown-cluster" };
    }
    const picture = watch.picture();
    const addresses = watch.cluster().nodes.length;
    const digests = digestsOf(id);
    const place =
      asked === "latest" ? digests.length - 1 : digests.findIndex((digest) => digest.id === asked);
    const digest = digests[place];
    const where = digest && bookOf(id).find(digest.id, picture, addresses, history.keptFrom(id));
    if (digest === undefined || where === undefined) {
      return isRead(id, picture)
        ? { kind: "unknown-run" }
        : { kind: "unread", message: notYetRead };
    }
    const full = await inFull(id, where, addresses);
    if (full === undefined) {
      return { kind: "unread", message: notReadable };
    }
    const { record, spans, unreadable } = full;
    const { repeats, repeatedBy } = digest;
    const notes = await notesOf(history, id, record, clock.now());
    const told =
      where.kind === "here"
        ? { ...digestOf(record, []), repeats, repeatedBy, facts: digest.facts }
        : digest;
    return {
      kind: "run",
      run: {
        ...runSummary(nameOf(id), told),
        ...runParticulars(record),
        now: clock.now(),
        notes,
        revision: [
          digest.id,
          told.outcome.kind,
          told.from,
          told.to === null ? picture.revision : "",
          repeatedBy,
          ...(notes ?? []).map((note) => `${note.id} ${note.withdrawn?.at ?? ""}`),
        ].join(" "),
        previous: digests[place - 1]?.id ?? null,
        next: digests[place + 1]?.id ?? null,
      },
      spans,
      unreadable,
      zone: watch.cluster().zone,
    };
  };

  async function inFull(id: string, where: Whereabouts, addresses: number) {
    try {
      return await readInFull(history, id, where, addresses);
    } catch (error) {
      log.warn("A run can't be read", { cluster: id, error: String(error) });
      return undefined;
    }
  }

  const ended = (): readonly EndedRun[] =>
    [...watches().keys()].flatMap((id) =>
      digestsOf(id, Number.POSITIVE_INFINITY).flatMap((digest) => {
        const past = earlierRun(id, digest);
        return past === null
          ? []
          : [{ run: past, knownAt: Math.max(past.to, digest.proof?.readAt ?? 0) }];
      }),
    );

  return {
    start: () => {
      beginRound();
      later(0);
    },
    stop: () => {
      isStopped = true;
      cancel();
    },
    list,
    run,
    earlier: () => ended().map(({ run: each }) => each),
    ended,
  };
}

const notYetRead =
  "The earlier upgrades of this cluster are still being read from the history. Ask again in a few seconds.";
const notReadable = "The history can't be read now, so this upgrade can't be told in full.";
