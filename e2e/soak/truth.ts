/** Compares the history that a soak has left with what the clusters really were. */
import { historySchema } from "../../src/contract/spans.ts";
import type { Span } from "../../src/upgrade/span.ts";
import type { RunningProxy } from "../proxy.ts";
import type { JournalEntry } from "./world.ts";

/** A time, in the soak's own. */
export type Stretch = { readonly from: number; readonly to: number };

/** What does not agree, in words. */
export type Disagreement = {
  /** States that the history tells and the cluster never had then. */
  readonly invented: readonly string[];
  /** States that the cluster had for long enough, and the history does not tell. */
  readonly missing: readonly string[];
  /** Failures that the history tells of a cluster that was well. */
  readonly slandered: readonly string[];
};

const day = 86_400_000;

/** The whole history of a cluster, oldest first. */
export async function historyOf(
  { url }: RunningProxy,
  id: string,
  { from, to }: Stretch,
): Promise<readonly Span[]> {
  const spans = new Map<string, Span>();
  for (let start = from - day; start < to; start += day) {
    const query = `from=${iso(start)}&to=${iso(start + day)}`;
    // oxlint-disable no-await-in-loop
    const reply = await fetch(`${url}/api/clusters/${id}/history?${query}`);
    for (const span of historySchema.parse(await reply.json()).spans) {
      spans.set(`${span.kind} ${span.from}`, span);
    }
    // oxlint-enable no-await-in-loop
  }
  return [...spans.values()].toSorted((first, second) => first.from - second.from);
}

/**
 * @param watched from the start to when the history was asked for; later, where the oldest was deleted to make room
 * @param disturbed when the server was away, or did not know yet of a new certificate or token
 * @param slackMs within which a change may be heard: a poll may wait for its deadline, the script has its pace
 */
export function disagreementOf(
  spans: readonly Span[],
  journal: readonly JournalEntry[],
  { from: begun, to: ended }: Stretch,
  disturbed: readonly Stretch[],
  slackMs: number,
): Disagreement {
  // While the history is being asked for, the clusters live on.
  const past = journal.filter(({ from }) => from < ended);
  const entries = past.map((entry, index) => ({ ...entry, to: past[index + 1]?.from ?? ended }));
  const near = (stretch: Stretch, other: Stretch): boolean =>
    stretch.from - slackMs <= other.to && stretch.to + slackMs >= other.from;
  const isDisturbed = (stretch: Stretch): boolean => disturbed.some((one) => near(one, stretch));
  const told = spans.filter(({ from }) => from <= ended);
  const heard = told.filter((span) => span.kind === "status");
  const invented = heard.filter(
    ({ from, status }) =>
      !isDisturbed({ from, to: from }) &&
      entries
        .filter((entry) => near({ from, to: from }, entry))
        .every(({ state, kind }) => kind !== "odd" && state !== status.state),
  );
  const missing = entries.filter(
    ({ from, to, state, kind }) =>
      kind === "answering" &&
      from >= begun &&
      to - from > 2 * slackMs &&
      !isDisturbed({ from, to }) &&
      !heard.some((span) => span.status.state === state && span.from < to && span.to > from),
  );
  const slandered = told
    .filter((span) => span.kind === "unreachable")
    .filter(
      (span) =>
        !isDisturbed(span) &&
        entries.filter((entry) => near(span, entry)).every(({ kind }) => kind === "answering"),
    );
  return {
    invented: invented.map(({ from, status }) => `${iso(from)} ${status.state}`),
    missing: missing.map(({ from, state }) => `${iso(from)} ${state}`),
    slandered: slandered.map(
      ({ from, to, failure }) => `${iso(from)} to ${iso(to)} ${failure.kind}: ${failure.message}`,
    ),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
