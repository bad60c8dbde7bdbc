import type { Notice } from "../../contract/api.ts";
import type { Configuration } from "../../contract/configuration.ts";
import type { EpochMs } from "../../upgrade/status.ts";
import type { LoadedConfiguration } from "../configurationFile.ts";
import type { Log, LogFields } from "../log.ts";
import { noticeBoard } from "../notices.ts";
import { inForce } from "./change.ts";

/** What a configuration needs before it comes into force can't be used; the message is for people. */
export class UnusableConfigurationError extends Error {
  override readonly name = "UnusableConfigurationError";
}

/** How the last reload went. */
export type ReloadStatus = {
  /** False while a configuration with a fault lies beside the one in force. */
  readonly succeeded: boolean;
  /** Since when the configuration in force holds. */
  readonly inForceSince: EpochMs;
  readonly needsRestart: boolean;
};

/** The configuration in force, and how another one takes its place. */
export type Reloader = {
  /**
   * Loads the configuration anew. With a fault in it, the one before stays in force and everyone is told. Asked for
   * while it is under way, it is done once more after that. Never rejects.
   */
  readonly reload: () => Promise<void>;
  readonly current: () => Configuration;
  readonly notices: () => readonly Notice[];
  readonly status: () => ReloadStatus;
};

/** What reloading works with. */
export type ReloadTools = {
  readonly load: () => Promise<LoadedConfiguration>;
  /**
   * Gets everything ready that a configuration needs, changing nothing; what it returns puts it into force and tells
   * what came of it.
   *
   * @throws UnusableConfigurationError
   */
  readonly prepare: (configuration: Configuration) => Promise<() => Promise<LogFields>>;
  readonly now: () => EpochMs;
  readonly log: Log;
};

const mostPlaces = 5;
const longestPlace = 60;

/** Begins with the configuration that the process was started with. */
export function reloader(
  initial: Configuration,
  { load, prepare, now, log }: ReloadTools,
): Reloader {
  const board = noticeBoard();
  let current = initial;
  let inForceSince = now();
  let count = 0;
  let isAskedFor = false;
  let underWay: Promise<void> | undefined;

  const keep = (faults: readonly string[], places: readonly string[]): void => {
    board.put("configuration-kept", keptWords(faults.length, places), now());
    for (const fault of faults) {
      log.error("The new configuration has a fault; the one before stays in force", { fault });
    }
  };

  const reloadOnce = async (): Promise<void> => {
    count += 1;
    const loaded = await load();
    if (!loaded.ok) {
      keep(loaded.faults, loaded.places);
      return;
    }
    const { configuration, afterRestart } = inForce(current, loaded.configuration);
    const commit = await prepare(configuration);
    current = configuration;
    inForceSince = now();
    board.clear("configuration-kept");
    board.hold("restart-needed", restartWords(afterRestart), inForceSince);
    const came = await commit();
    log.info("The configuration was reloaded", { reload: count, ...came, afterRestart });
  };

  const reloadAll = async (): Promise<void> => {
    while (isAskedFor) {
      isAskedFor = false;
      try {
        // oxlint-disable-next-line no-await-in-loop -- again only when it was asked for meanwhile
        await reloadOnce();
      } catch (error) {
        if (error instanceof UnusableConfigurationError) {
          keep([error.message], []);
        } else {
          board.put("configuration-kept", "A fault of Upgrade Watch itself ended a reload.", now());
          log.error("A reload failed by a fault of ours", { error });
        }
      }
    }
    underWay = undefined;
  };

  return {
    reload: () => {
      isAskedFor = true;
      underWay ??= reloadAll();
      return underWay;
    },
    current: () => current,
    notices: board.list,
    status: () => {
      const codes = board.list().map(({ code }) => code);
      return {
        succeeded: !codes.includes("configuration-kept"),
        inForceSince,
        needsRestart: codes.includes("restart-needed"),
      };
    },
  };
}

/** Names where the faults are, never what was found there: this is read by everyone who may look. */
function keptWords(faults: number, places: readonly string[]): string {
  const named = places.slice(0, mostPlaces).map((place) => place.slice(0, longestPlace));
  const more = places.length > mostPlaces ? [`${places.length - mostPlaces} more`] : [];
  const where = named.length === 0 ? "" : ` at ${[...named, ...more].join(", ")}`;
  const what = faults === 1 ? "a fault" : `${faults} faults`;
  return `The new configuration has ${what}${where}; the one before stays in force. The server's log says what is wrong.`;
}

function restartWords(keys: readonly string[]): string | null {
  if (keys.length === 0) {
    return null;
  }
  const verb = keys.length === 1 ? "holds" : "hold";
  return `${keys.join(", ")} of the new configuration ${verb} after a restart of Upgrade Watch only.`;
}
