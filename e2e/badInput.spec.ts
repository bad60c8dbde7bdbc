/** Replies that no cluster should send: the page says what came, shows nothing of it as healthy, and goes on. */
import type { RawReply } from "../src/simulator/situation.ts";
import { usualSettings } from "../src/simulator/situation.ts";
import { expect, test } from "./fixtures.ts";

const json = { "content-type": "application/json" };
const body = (change: Record<string, unknown>): RawReply => ({
  status: 200,
  headers: json,
  body: JSON.stringify({
    state: "UPGRADE_STATE_PREPARING",
    progress: 37,
    settings: usualSettings,
    error_info: null,
    ...change,
  }),
});
const text = (content: string | Uint8Array, headers: Record<string, string> = json): RawReply => ({
  status: 200,
  headers,
  body: content,
});

/** By class: what makes a poll fail, and what of it the page says. */
const invalid: readonly (readonly [string, RawReply, RegExp])[] = [
  ["no state", text("{}"), /names no state/],
  ["an older API", body({ state: "UPGRADE_PREPARING" }), /older API/],
  ["JSON that is cut off", text('{"state":"UPGRADE_STATE_ID'), /not JSON/],
  ["an array", text("[]"), /not an object/],
  ["a login page", text("<!doctype html>", { "content-type": "text/html" }), /unexpected page/],
  ["nothing", text(""), /empty/],
  ["bytes that are no text", text(Uint8Array.from([0x7b, 0xff, 0x7d])), /UTF-8/],
  ["gzip", text("x", { ...json, "content-encoding": "gzip" }), /gzip/],
  ["more than 4 MiB", text(`{"a":"${"x".repeat(5_000_000)}"}`), /4 MiB/],
  ["very many parts", text(`[${"1,".repeat(30_000)}1]`), /more parts/],
  [
    "a redirect",
    { status: 302, headers: { location: "https://example.invalid/x" }, body: "" },
    /Redirected to example\.invalid/,
  ],
  [
    "a refusal in HTML",
    { status: 502, headers: { "content-type": "text/html" }, body: "<b>gateway</b>" },
    /502/,
  ],
];

test("an invalid reply is a failed poll: said by its kind, and the last picture kept", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend({
    situation: { state: "UPGRADE_STATE_PREPARING", progress: 37, settings: usualSettings },
  });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  const main = page.getByRole("main");
  const connection = page.getByRole("status", { name: "Connection" });
  for (const [name, reply, words] of invalid) {
    await test.step(name, async () => {
      await cluster.reply(reply);
      await expect(connection).toContainText(words);
      await expect(main).toContainText("37 %");
      await cluster.reply(null);
      await expect(connection).toBeHidden();
    });
  }
});

const odd: readonly (readonly [string, RawReply, RegExp])[] = [
  [
    "an unknown state",
    body({ state: "UPGRADE_STATE_VERIFYING" }),
    /Unrecognised: UPGRADE_STATE_VERIFYING/,
  ],
  [
    "a state in small letters",
    body({ state: "upgrade_state_idle" }),
    /Unrecognised: upgrade_state_idle/,
  ],
  ["a percentage of 101", body({ progress: 101 }), /progress is 101/],
  ["a percentage in words", body({ progress: "45" }), /progress is a string/],
  ["settings that are a list", body({ settings: [] }), /settings is not an object/],
  [
    "a commit setting in words",
    body({ settings: { ...usualSettings, auto_commit: "true" } }),
    /auto_commit is a string/,
  ],
  ["missing fields", text('{"state":"UPGRADE_STATE_PREPARING"}'), /lacks progress/],
  [
    "JSON under another name",
    text('{"state":"UPGRADE_STATE_PREPARING","progress":1,"settings":null,"error_info":null}', {
      "content-type": "text/plain",
    }),
    /not marked as JSON/,
  ],
];

test("an odd reply is shown with a mark that says what is odd", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend();
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  await page.goto(`${proxy.url}/clusters/one`);
  await expect(page.getByRole("main")).toContainText("Idle");
  for (const [name, reply, words] of odd) {
    await test.step(name, async () => {
      await cluster.reply(reply);
      await expect(page.getByText(words).first()).toBeVisible();
      await expect(page.getByRole("status", { name: "Freshness" })).toContainText("Live");
    });
  }
});

test("an error text is inert, cut where it is endless, and shown where it is invisible", async ({
  page,
  pretend,
  watch,
}) => {
  const cluster = await pretend({ situation: { settings: usualSettings } });
  const proxy = await watch({ clusters: [{ id: "one", cluster }] });
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await page.goto(`${proxy.url}/clusters/one`);
  const alert = page.getByRole("main").getByRole("alert");
  await cluster.reply(body({ error_info: `<img src=x onerror=alert(1)> \u202e\u001b[31m` }));
  await expect(alert).toContainText("<img src=x onerror=alert(1)> ‹U+202E›␛[31m");
  await cluster.reply(body({ error_info: "disk failure; ".repeat(75_000) }));
  await expect(alert).toContainText("1,050,000 characters");
  expect(dialogs).toBe(0);
});
