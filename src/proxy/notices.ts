import type { Notice } from "../contract/api.ts";
import type { EpochMs } from "../upgrade/status.ts";

/** Notices by their code: one stays one, however often its cause is seen again. */
export type NoticeBoard = {
  /** Puts a notice up, or renews its words; keeps since when it holds. */
  readonly put: (code: string, message: string, now: EpochMs) => void;
  readonly clear: (code: string) => void;
  /** Sets or clears at once: null clears. */
  readonly hold: (code: string, message: string | null, now: EpochMs) => void;
  readonly holds: (code: string) => boolean;
  /** The wall clock was set: what was dated before is dated anew. */
  readonly clockSet: (byMs: number) => void;
  readonly list: () => readonly Notice[];
};

/** An empty board. */
export function noticeBoard(): NoticeBoard {
  const notices = new Map<string, Notice>();
  const put = (code: string, message: string, now: EpochMs): void => {
    const known = notices.get(code);
    if (known?.message !== message) {
      notices.set(code, { code, since: known?.since ?? now, message });
    }
  };
  const clear = (code: string): void => {
    notices.delete(code);
  };
  return {
    put,
    clear,
    hold: (code, message, now) => (message === null ? clear(code) : put(code, message, now)),
    holds: (code) => notices.has(code),
    clockSet: (byMs) => {
      for (const notice of notices.values()) {
        notices.set(notice.code, { ...notice, since: notice.since + byMs });
      }
    },
    list: () => [...notices.values()],
  };
}
