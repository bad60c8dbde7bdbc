/** Faults on the way to the clusters: API, page and wall say the same true thing, and all recovers alone. */
import { type APIRequestContext, type Page } from "@playwright/test";
import * as z from "zod/mini";
import type { ManualCluster } from "../src/simulator/cluster.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";

const clustersSchema = z.object({
  notices: z.array(z.object({ code: z.string() })),
  clusters: z.array(
    z.object({ id: z.string(), link: z.string(), headline: z.string(), detail: z.string() }),
  ),
});

type Fault = {
  readonly id: string;
  readonly begin: (cluster: ManualCluster) => Promise<unknown>;
  /** Where that is not to answer again. */
  readonly end?: (cluster: ManualCluster) => Promise<unknown>;
  readonly link: string;
  readonly headline: string;
  /** What the detail says of it, on all screens. */
  readonly reason: RegExp;
  /** A tile has no room for a fingerprint. */
  readonly onTile?: RegExp;
};

const plain = { "content-type": "text/plain" };
const outage = { link: "outage", headline: "No answer" } as const;

const faults: readonly Fault[] = [
  {
    ...outage,
    id: "refused",
    begin: (cluster) => cluster.behave("refused"),
    reason: /The connection was refused/,
  },
  {
    ...outage,
    id: "silent",
    begin: (cluster) => cluster.behave("hang"),
    reason: /No answer within 2 s/,
  },
  {
    ...outage,
    id: "reset",
    begin: (cluster) => cluster.behave("reset"),
    reason: /The connection was cut/,
  },
  {
    ...outage,
    id: "half-a-body",
    begin: (cluster) => cluster.behave("half-body"),
    reason: /was cut/,
  },
  {
    ...outage,
    id: "trickle",
    begin: (cluster) => cluster.behave("drip"),
    reason: /No answer within 2 s/,
  },
  {
    ...outage,
    id: "silent-tls",
    begin: (cluster) => cluster.behave("silent-tls"),
    reason: /No answer within 2 s/,
  },
  {
    ...outage,
    id: "not-tls",
    begin: (cluster) => cluster.behave("broken-tls"),
    reason: /This is not TLS: plain HTTP or another protocol answers/,
  },
  {
    id: "another-certificate",
    begin: (cluster) => cluster.rotateCertificate(),
    end: async (cluster) => cluster.restoreCertificate(),
    link: "outage",
    headline: "Not trusted",
    reason: /The certificate changed: pinned is [0-9A-F:]+, presented was [0-9A-F:]+/,
    onTile: /The certificate changed/,
  },
  {
    id: "unauthorized",
    begin: (cluster) => cluster.behave("unauthorized"),
    link: "denied",
    headline: "Access denied",
    reason: /The token was refused \(401\)/,
  },
  {
    id: "forbidden",
    begin: (cluster) => cluster.behave("forbidden"),
    link: "denied",
    headline: "Access denied",
    reason: /lacks the privilege PRIVILEGE_UPGRADE_READ \(403\)/,
  },
  {
    ...outage,
    id: "not-there",
    begin: (cluster) => cluster.set({ apiGenerations: [] }),
    end: (cluster) => cluster.set({ apiGenerations: [3] }),
    reason: /There is no \/v3\/upgrade\/status here \(404\)/,
  },
  {
    ...outage,
    id: "too-many",
    begin: (cluster) =>
      cluster.reply({ status: 429, headers: { ...plain, "retry-after": "2" }, body: "later" }),
    end: (cluster) => cluster.reply(null),
    reason: /The answer is 429/,
  },
  {
    ...outage,
    id: "gateway",
    begin: (cluster) => cluster.behave("unavailable"),
    reason: /The answer is 503, \d+ bytes/,
  },
  {
    ...outage,
    id: "booting-page",
    begin: (cluster) => cluster.behave("html"),
    reason: /An unexpected page of \d+ bytes/,
  },
  {
    ...outage,
    id: "empty",
    begin: (cluster) => cluster.behave("empty"),
    reason: /empty/,
  },
  {
    ...outage,
    id: "redirect",
    begin: (cluster) =>
      cluster.reply({
        status: 302,
        headers: { location: "https://elsewhere.example:9/secret?token=x" },
        body: "",
      }),
    end: (cluster) => cluster.reply(null),
    reason: /Redirected to elsewhere\.example:9/,
  },
  {
    id: "one-node-of-three",
    begin: (cluster) => cluster.behave("refused", 0),
    end: (cluster) => cluster.behave("answering", 0),
    link: "answering",
    headline: "Idle",
    reason: /./,
  },
];

/** As many as a wall shows without turning pages. */
const atOnce = 6;

async function heard(request: APIRequestContext, url: string) {
  return clustersSchema.parse(await (await request.get(`${url}/api/clusters`)).json());
}

/** What the API says of every cluster, to compare with what it should. */
async function told(request: APIRequestContext, url: string) {
  const { clusters } = await heard(request, url);
  return Object.fromEntries(clusters.map(({ id, link, headline }) => [id, `${link}: ${headline}`]));
}

const tile = (page: Page, id: string) => page.getByRole("article", { name: id, exact: true });

test("every fault is told in the same words by API, page and wall, and all recovers alone", async ({
  page,
  pretend,
  watch,
  request,
}) => {
  test.setTimeout(180_000);
  const clusters = new Map<string, ManualCluster>();
  for (const { id } of faults) {
    // oxlint-disable-next-line no-await-in-loop -- one after another, or making their keys starves them all
    clusters.set(id, await pretend({ nodes: id === "one-node-of-three" ? 3 : 1 }));
  }
  const watched = [...clusters].map(([id, cluster]) => ({ id, cluster }));
  const proxy = await watch({ clusters: watched });
  const calm = Object.fromEntries(faults.map(({ id }) => [id, "answering: Idle"]));
  await expect.poll(() => told(request, proxy.url), { timeout: 30_000 }).toEqual(calm);

  const each = (deed: (fault: Fault, cluster: ManualCluster) => Promise<unknown>) =>
    Promise.all(
      faults.map(async (fault) => {
        const cluster = clusters.get(fault.id);
        return cluster === undefined ? undefined : deed(fault, cluster);
      }),
    );
  await each((fault, cluster) => fault.begin(cluster));
  const expected = Object.fromEntries(
    faults.map(({ id, link, headline }) => [id, `${link}: ${headline}`]),
  );
  await expect.poll(() => told(request, proxy.url), { timeout: 60_000 }).toEqual(expected);
  const { clusters: summaries } = await heard(request, proxy.url);
  for (const { id, reason } of faults) {
    expect(summaries.find((summary) => summary.id === id)?.detail).toMatch(reason);
  }

  for (const { id, headline, link, reason } of faults) {
    await page.goto(`${proxy.url}/clusters/${id}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(headline);
    const connection = page.getByRole("status", { name: "Connection" });
    if (link === "answering") {
      await expect(page.getByRole("region", { name: "Nodes" })).toContainText(/refused/);
      await expect(connection).toBeHidden();
    } else {
      await expect(connection).toContainText(reason);
    }
  }
  for (let first = 0; first < faults.length; first += atOnce) {
    const shown = faults.slice(first, first + atOnce);
    await page.goto(`${proxy.url}/wall?clusters=${shown.map(({ id }) => id).join(",")}`);
    for (const { id, headline, reason, onTile = reason, link } of shown) {
      await expect(tile(page, id)).toContainText(headline);
      if (link !== "answering") {
        await expect(tile(page, id)).toContainText(onTile);
      }
    }
  }

  await each((fault, cluster) => fault.end?.(cluster) ?? cluster.behave("answering"));
  await expect.poll(() => told(request, proxy.url), { timeout: 60_000 }).toEqual(calm);
  for (const { id } of faults.slice(-(faults.length % atOnce || atOnce))) {
    await expect(tile(page, id)).toContainText("Idle");
  }
  // Whatever happened, nothing was asked but what is listed, and no other address got anything.
  for (const cluster of clusters.values()) {
    expect(new Set(cluster.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  }
});

test("where no cluster at all is reached, every page and wall points at this host's network", async ({
  page,
  pretend,
  watch,
}) => {
  const clusters = [await pretend(), await pretend()];
  const watched = clusters.map((cluster, index) => ({ id: `c${index + 1}`, cluster }));
  const proxy = await watch({ clusters: watched });
  const words = page.getByText("All 2 clusters are unreachable: check this host's network.");
  await page.goto(`${proxy.url}/`);
  await expect(page.getByText("Idle").first()).toBeVisible();
  await expect(words).toHaveCount(0);
  for (const cluster of clusters) {
    await cluster.behave("refused");
  }
  await expect(words).toBeVisible();
  for (const path of ["/clusters/c1", "/wall", "/wall/c1"]) {
    await page.goto(`${proxy.url}${path}`);
    await expect(words).toBeVisible();
  }
  await clusters[1]?.behave("answering");
  await expect(words).toHaveCount(0);
});

test("nodes that disagree are told with who says what, and the headline stays", async ({
  page,
  pretend,
  watch,
}) => {
  const settings = { ...usualSettings, do_rolling_reboot: true };
  const cluster = await pretend({
    nodes: 2,
    situation: {
      state: "UPGRADE_STATE_REBOOTING",
      settings,
      nodes: [{}, { state: "UPGRADE_STATE_IDLE", settings: null, version: "7.2.3" }],
    },
  });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  const [first = "", second = ""] = cluster.urls.map((url) => new URL(url).host);
  const notices = page.getByRole("list", { name: "Notices" });
  await expect(notices).toContainText(`${first} says Rebooting`);
  await expect(notices).toContainText(`${second} says Idle on 7.2.3`);
  await expect(notices).toContainText("While nodes restart that is normal for a short time.");
  const nodes = page.getByRole("region", { name: "Nodes" });
  await expect(nodes.getByRole("listitem").filter({ hasText: second })).toContainText("says Idle");
  // One node's failure beside the other's word does not move it either.
  await cluster.behave("reset", 0);
  await cluster.behave("answering", 0);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Rebooting");
  await page.goto(`${proxy.url}/wall/one`);
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("Nodes disagree");
  await expect(page.getByRole("article")).toContainText("Rebooting");
});
