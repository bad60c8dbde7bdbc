import type { APIRequestContext } from "@playwright/test";
import { historySchema } from "../src/contract/spans.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import type { Span } from "../src/upgrade/span.ts";
import { expect, test } from "./fixtures.ts";
import type { RunningProxy } from "./proxy.ts";

async function historyOf(
  request: APIRequestContext,
  proxy: RunningProxy,
): Promise<readonly Span[]> {
  const reply = await request.get(`${proxy.url}/api/clusters/lon-prod-1/history`);
  return historySchema.parse(await reply.json()).spans;
}

/** The percent of each span, or its kind where there is none. */
const outline = (spans: readonly Span[]): readonly (string | number | null)[] =>
  spans.map((span) => (span.kind === "status" ? span.status.progress : span.kind));

test.describe("a proxy that is killed", () => {
  test("has kept all that it served, and shows the time in between as not observed", async ({
    pretend,
    watch,
    request,
  }) => {
    const preparing = { state: "UPGRADE_STATE_PREPARING", settings: usualSettings };
    const cluster = await pretend({ situation: { ...preparing, progress: 10 } });
    const proxy = await watch({ clusters: [{ id: "lon-prod-1", cluster }] });
    const outlineNow = async () => outline(await historyOf(request, proxy));

    await expect.poll(outlineNow).toEqual([10]);
    await cluster.set({ progress: 11 });
    await expect.poll(outlineNow).toEqual([10, 11]);
    await proxy.kill();
    await cluster.set({ progress: 12 });
    await proxy.restart();

    await expect.poll(outlineNow).toEqual([10, 11, "unobserved", 12]);
    const spans = await historyOf(request, proxy);
    for (const [index, span] of spans.slice(1).entries()) {
      expect(span.from).toBeGreaterThanOrEqual(spans[index]?.to ?? Infinity);
    }
  });

  test("leaves its data to the next one, which no other may have at the same time", async ({
    pretend,
    watch,
  }) => {
    const cluster = await pretend();
    const proxy = await watch({ clusters: [{ id: "lon-prod-1", cluster }] });
    const more = { data: `${proxy.folder}/data` };
    await expect(watch({ clusters: [{ id: "lon-prod-1", cluster }], more })).rejects.toThrow(
      /ended with code 1\nThe data folder \S+ is in use by process \d+\.[^\n]*\n*$/,
    );
    await proxy.kill();
    await watch({ clusters: [{ id: "lon-prod-1", cluster }], more });
  });
});
