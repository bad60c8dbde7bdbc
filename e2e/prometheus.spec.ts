/** The metrics of the real program and the example alerts, as Prometheus' own checker sees them. */
import { expect, test } from "./fixtures.ts";
import { findPromtool, promtool } from "./promtool.ts";

const rules = "docs/prometheus/upgrade-watch.rules.yml";

/** The checker; where there is none, the test is skipped with one line, and counted as such. */
async function checker(): Promise<string> {
  test.setTimeout(240_000);
  const found = await findPromtool();
  if ("reason" in found) {
    const words = `promtool was not found, so this is not checked (${found.reason}); PROMTOOL_PATH may name one.`;
    process.stdout.write(`SKIPPED: ${words}\n`);
    test.skip(true, words);
    return "";
  }
  return found.program;
}

test.describe.configure({ mode: "serial" });

test("promtool finds nothing to say against the metrics of a busy server", async ({
  pretend,
  watch,
}) => {
  const program = await checker();
  const reachable = await pretend();
  const gone = await pretend();
  const clusters = [
    { id: "one", cluster: reachable },
    { id: "two", cluster: gone, more: { tls: { insecure: true } } },
  ];
  const proxy = await watch({ clusters });
  await reachable.set({ state: "UPGRADE_STATE_PREPARING", progress: 37.5 });
  await gone.behave("refused");
  const scrape = async (): Promise<string> => (await fetch(`${proxy.url}/metrics`)).text();
  await expect
    .poll(scrape)
    .toContain('upgrade_watch_cluster_verdict{verdict="outage",cluster="two"} 1');
  const text = await scrape();
  expect(text).toContain('upgrade_watch_cluster_progress_ratio{cluster="one"} 0.375');
  expect(text).toContain('upgrade_watch_cluster_tls_insecure{cluster="two"} 1');
  expect(text).toMatch(/upgrade_watch_polls_total\{outcome="refused",cluster="two"\} [1-9]/);
  expect(text).toMatch(/upgrade_watch_poll_duration_seconds_count [1-9]/);
  await fetch(`${proxy.url}/api/clusters`);
  await expect.poll(scrape).toContain("upgrade_watch_viewers 1");
  expect(await promtool(program, ["check", "metrics"], text)).toEqual({ code: 0, said: "" });
});

test("the example alerts are rules that Prometheus can use", async () => {
  const program = await checker();
  const { code, said } = await promtool(program, ["check", "rules", rules]);
  expect(code, said).toBe(0);
  expect(said).toMatch(/SUCCESS: \d+ rules found/);
});

test("the example alerts fire when they should, and not when all is well", async () => {
  const program = await checker();
  const tests = rules.replace(".yml", ".test.yml");
  const { code, said } = await promtool(program, ["test", "rules", tests]);
  expect(code, said).toBe(0);
});
