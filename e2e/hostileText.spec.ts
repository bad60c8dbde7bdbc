/** Texts of a cluster and of the configuration that try to be more than text: they are shown, and do nothing. */
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";

const payloads = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "\"><iframe srcdoc='<script>alert(1)</script>'>",
  "'-alert(1)-'",
  "javascript:alert(1)",
  "<a href=javascript:alert(1)>a</a>",
  "</title></style></textarea><b onfocus=alert(1) autofocus>",
  "<style>@import 'https://example.invalid/x.css'</style>",
  "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
  "<link rel=stylesheet href=https://example.invalid/x.css>",
  "{{constructor.constructor('alert(1)')()}}",
  "\u2028<base href=https://example.invalid/>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
];
/** Nothing of ours has any of these; an image, script or style of ours is there without a payload too. */
const foreign =
  "iframe, object, embed, b[onfocus], img[src='x'], [onerror], [onload], a[href^='javascript'], meta[http-equiv='refresh'], [href*='example.invalid'], [src*='example.invalid']";
const json = { "content-type": "application/json" };

test("script in any text of a cluster stays text: no dialog, no request, no element", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend();
  const named = { name: "<img src=x onerror=alert(1)>", labels: { site: "<svg onload=alert(1)>" } };
  const links = { contact: "<script>alert(1)</script>", ticket: "javascript:alert(1)" };
  const second = await pretend();
  const proxy = await watch({
    clusters: [
      { id: "one", cluster, more: { ...named, ...links } },
      { id: "two", cluster: second },
    ],
  });
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  const expectInert = async (): Promise<void> => {
    await expect(page.locator(foreign)).toHaveCount(0);
    expect(dialogs).toBe(0);
  };
  const banner = page.getByRole("main").getByRole("alert");
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByText(named.name).first()).toBeVisible();
  for (const payload of payloads) {
    await test.step(payload, async () => {
      const shown = payload.replace("\u2028", "‹U+2028›");
      const settings = {
        ...usualSettings,
        install_path: payload,
        target_version: payload,
        upgrade_type: payload,
      };
      const status = { state: "UPGRADE_STATE_PREPARING", progress: 5, error_info: payload };
      await cluster.reply({
        status: 200,
        headers: json,
        body: JSON.stringify({ ...status, settings }),
      });
      await expect(banner).toContainText(shown);
      await expect(page.getByRole("region", { name: "Settings" })).toContainText(shown);
      await expectInert();
    });
  }
  const state = { state: payloads[1], progress: 5, settings: usualSettings, error_info: null };
  await cluster.reply({ status: 200, headers: json, body: JSON.stringify(state) });
  await expect(page.getByRole("main")).toContainText("Unrecognised: <img src=x");
  await expectInert();
  const refusal = { error_class: payloads[2], description: payloads[0] };
  await cluster.reply({ status: 500, headers: json, body: JSON.stringify(refusal) });
  await expect(page.getByRole("status", { name: "Connection" })).toContainText("<svg onload");
  await expectInert();
  for (const path of ["/", "/wall", "/wall/one"]) {
    await page.goto(`${proxy.url}${path}`);
    await expect(page.getByText(named.name).first()).toBeVisible();
    await expectInert();
  }
});

test("no text of a cluster forges a line of the log or a colour of a terminal", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend();
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  const forged = '\r\n{"level":"error","msg":"forged"}\u001b[31m\u009b31m\u0007\u0000\u2028';
  const status = { state: `UPGRADE${forged}`, progress: 1, settings: null, error_info: forged };
  await page.goto(`${proxy.url}/clusters/one`);
  await cluster.reply({ status: 200, headers: json, body: JSON.stringify(status) });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("forged");
  const refusal = { error_class: forged, description: forged };
  await cluster.reply({ status: 500, headers: json, body: JSON.stringify(refusal) });
  await expect(page.getByRole("status", { name: "Connection" })).toContainText("forged");
  const lines = proxy.output().trimEnd().split("\n");
  expect(lines.some((line) => line.includes("forged"))).toBe(true);
  for (const line of lines.filter((one) => !one.startsWith("Upgrade Watch is listening"))) {
    expect(JSON.parse(line)).not.toHaveProperty("msg", "forged");
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028]/);
  }
});

test("marks piled up and emoji without end stay within their boxes", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend();
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  const pile = `Z${"\u0301\u0323".repeat(3000)}`;
  const texts = [
    pile.repeat(20),
    "😀".repeat(10_000),
    "x".repeat(100_000),
    "🇬🇧\u202e".repeat(5000),
  ];
  for (const text of texts) {
    const settings = { ...usualSettings, install_path: text, target_version: text };
    const status = { state: "UPGRADE_STATE_PREPARING", progress: 5, settings, error_info: text };
    // oxlint-disable-next-line no-await-in-loop
    await cluster.reply({ status: 200, headers: json, body: JSON.stringify(status) });
    // oxlint-disable-next-line no-await-in-loop
    await expect(page.getByRole("main").getByRole("alert")).toContainText(text.slice(0, 2));
    // oxlint-disable-next-line no-await-in-loop
    const [width, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(width).toBe(room);
  }
  const text = page.getByRole("main").getByRole("alert").locator("pre");
  await expect(text).toHaveAttribute("dir", "auto");
  await expect(text).toHaveCSS("unicode-bidi", "isolate");
});
