import { describe, expect, it } from "vitest";
import type { Change, Span } from "../upgrade/span.ts";
import { address, statusOf } from "./testing/scriptedCluster.ts";
import { second, start, watching } from "./testing/watching.ts";

describe("durable before shown", () => {
  it("serves a change only once the disk has it", async () => {
    let confirm: (() => void) | undefined;
    const record = (): Promise<void> =>
      new Promise((resolve) => {
        confirm = resolve;
      });
    const { clock, watch } = watching({ history: { record } });
    await watch.start();
    await clock.pass(0);
    expect(watch.picture().spans).toEqual([]);
    confirm?.();
    await clock.pass(0);
    expect(watch.picture().spans).toHaveLength(1);
  });

  it("serves it all the same when the disk takes longer than a quarter of a second", async () => {
    const { clock, watch } = watching({ history: { record: () => new Promise(() => undefined) } });
    await watch.start();
    await clock.pass(249);
    expect(watch.picture().spans).toEqual([]);
    await clock.pass(1);
    expect(watch.picture().spans).toHaveLength(1);
  });

  it("goes on when the disk refuses", async () => {
    const record = (): Promise<void> => Promise.reject(new Error("the disk is full"));
    const { clock, client, watch } = watching({ history: { record } });
    await watch.start();
    await clock.pass(second);
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 5);
    await clock.pass(5 * second);
    expect(watch.picture().spans.at(-1)).toMatchObject({ status: { progress: 5 } });
  });

  it("records every change in the order in which it served them", async () => {
    const recorded: Change[] = [];
    const record = (_: string, change: Change): Promise<void> => {
      recorded.push(change);
      return Promise.resolve();
    };
    const { clock, client, watch } = watching({ history: { record } });
    let percent = 0;
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", (percent += 1));
    await watch.start();
    await clock.pass(5 * second);
    const appended = recorded.flatMap((change) => (change.kind === "append" ? change.spans : []));
    expect(appended).toEqual(watch.picture().spans);
  });
});

describe("a restart", () => {
  const before: Span = {
    kind: "status",
    from: start - 120 * second,
    to: start - 60 * second,
    polls: 60,
    node: address,
    status: statusOf("UPGRADE_STATE_PREPARING", 40),
    version: "7.1.4",
  };

  it("tells the time in between as not observed, and goes on with the same run", async () => {
    const { clock, client, watch, summary } = watching({
      history: { load: () => Promise.resolve([before]) },
    });
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 55);
    await watch.start();
    expect(summary()).toMatchObject({ link: "unseen", progress: 40 });
    await clock.pass(second);
    expect(watch.picture().spans.map(({ kind }) => kind)).toEqual([
      "status",
      "unobserved",
      "status",
    ]);
    expect(summary()).toMatchObject({
      link: "answering",
      progress: 55,
      run: { from: before.from },
    });
  });

  it("goes on with the same run too when the history could be opened only later", async () => {
    let settle = (): void => undefined;
    const opening = new Promise<void>((resolve) => {
      settle = resolve;
    });
    let stored: readonly Span[] = [];
    const { clock, client, watch, summary } = watching({
      history: { opening: () => opening, load: () => Promise.resolve(stored) },
    });
    client.next = () => statusOf("UPGRADE_STATE_PREPARING", 55);
    await watch.start();
    await clock.pass(second);
    const own = watch.picture().spans;
    const { revision } = watch.picture();
    expect(own.map(({ kind }) => kind)).toEqual(["status"]);
    const from = own[0]?.from ?? 0;
    const hole: Span = {
      kind: "unobserved",
      from: before.to,
      to: from,
      polls: 0,
      node: null,
      started: true,
    };
    stored = [before, hole, ...own];
    settle();
    await clock.pass(0);
    expect(watch.picture().spans.map(({ kind }) => kind)).toEqual([
      "status",
      "unobserved",
      "status",
    ]);
    expect(watch.picture().revision).not.toBe(revision);
    expect(summary()).toMatchObject({ progress: 55, run: { from: before.from } });
  });

  it("watches on without what it can't read", async () => {
    const { clock, watch, errors } = watching({
      history: { load: () => Promise.reject(new Error("the file is damaged")) },
    });
    await watch.start();
    await clock.pass(second);
    expect(errors).toContain("history not read");
    expect(watch.picture().spans).toHaveLength(1);
  });
});
