import { runSchema, runsSchema } from "../src/contract/runs.ts";
import type { ManualCluster } from "../src/simulator/manualCluster.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";

/** Takes a cluster through an upgrade; `heard` waits until the proxy has heard of a state. */
async function upgrade(
  cluster: ManualCluster,
  target: string,
  heard: (state: string, progress?: number) => Promise<void>,
): Promise<void> {
  const settings = { ...usualSettings, target_version: target };
  await cluster.set({ state: "UPGRADE_STATE_PREPARING", progress: 5, settings });
  await heard("UPGRADE_STATE_PREPARING", 5);
  await cluster.set({ progress: 50 });
  await heard("UPGRADE_STATE_PREPARING", 50);
  await cluster.set({ state: "UPGRADE_STATE_COMMITTING", progress: 0 });
  await heard("UPGRADE_STATE_COMMITTING");
  await cluster.set({ state: "UPGRADE_STATE_IDLE", settings: null, version: target });
  await heard("UPGRADE_STATE_IDLE");
}

test("three upgrades through the real thing are three runs, whoever restarts between and within", async ({
  pretend,
  watch,
  request,
}) => {
  const cluster = await pretend();
  const proxy = await watch({
    clusters: [{ id: "lon-prod-1", cluster, more: { name: "London" } }],
  });
  const api = `${proxy.url}/api/clusters/lon-prod-1`;
  const heard = async (state: string, progress?: number): Promise<void> => {
    await expect
      .poll(async () => {
        const { status } = await (await request.get(`${api}/upgrade/status`)).json();
        return [status?.state, progress === undefined ? undefined : status?.progress];
      })
      .toEqual([state, progress]);
  };
  const list = async (query = "") =>
    runsSchema.parse(await (await request.get(`${proxy.url}/api/runs${query}`)).json());
  const detail = async (id: string) =>
    runSchema.parse(await (await request.get(`${api}/runs/${id}`)).json());
  const complete = () => expect.poll(async () => (await list()).complete).toBe(true);

  await heard("UPGRADE_STATE_IDLE");
  await upgrade(cluster, "7.2.4", heard);
  await upgrade(cluster, "7.2.5", heard);
  const settings = { ...usualSettings, target_version: "7.2.6" };
  await cluster.set({ state: "UPGRADE_STATE_PREPARING", progress: 10, settings });
  await heard("UPGRADE_STATE_PREPARING", 10);
  const inFlight = (await list("?limit=1")).runs[0];
  expect(inFlight).toMatchObject({ inFlight: true, to: null, targetVersion: "7.2.6" });
  const ids = (await list()).runs.map(({ id }) => id);
  expect(ids).toHaveLength(3);

  await proxy.kill();
  await cluster.set({ progress: 20 });
  await proxy.restart();
  await heard("UPGRADE_STATE_PREPARING", 20);
  await complete();
  expect((await list()).runs.map(({ id }) => id)).toEqual(ids);
  await cluster.set({
    state: "UPGRADE_STATE_IDLE",
    progress: 0,
    settings: null,
    errorInfo: "no space",
  });
  await expect.poll(async () => (await list()).runs[0]?.to ?? null).not.toBeNull();

  const { runs } = await list();
  expect(
    runs.map(({ id, fromVersion, targetVersion, outcome, proof }) => [
      id,
      fromVersion,
      targetVersion,
      outcome.kind,
      proof?.version,
    ]),
  ).toEqual([
    [ids[0], "7.2.5", "7.2.6", "not-committed", "7.2.5"],
    [ids[1], "7.2.4", "7.2.5", "proven", "7.2.5"],
    [ids[2], "7.1.4", "7.2.4", "proven", "7.2.4"],
  ]);

  const last = await detail(ids[0] ?? "");
  expect(last.sampling.restarts).toBe(1);
  expect(last.absences.map(({ kind }) => kind)).toContain("unobserved");
  expect(last.errors.map(({ text, holds }) => [text, holds])).toEqual([["no space", true]]);
  expect(last.sampling.inferredMs).toBeGreaterThan(0);
  const { wallMs, measuredMs, inferredMs, unheardMs } = last.sampling;
  expect(measuredMs + inferredMs + unheardMs).toBe(wallMs);
  expect(wallMs).toBe((last.to ?? 0) - last.from);
  expect([last.previous, last.next]).toEqual([ids[1], null]);

  const first = await detail(ids[2] ?? "");
  expect(first.states.map(({ state, inferred }) => [state, inferred])).toEqual([
    ["UPGRADE_STATE_PREPARING", false],
    ["UPGRADE_STATE_COMMITTING", false],
    ["UPGRADE_STATE_COMMITTED", true],
  ]);
  expect((await request.get(`${api}/runs/20200101T000000000Z`)).status()).toBe(404);
  const tag = (await request.get(`${api}/runs/${first.id}`)).headers()["etag"] ?? "";
  const again = await request.get(`${api}/runs/${first.id}`, { headers: { "if-none-match": tag } });
  expect(again.status()).toBe(304);
});
