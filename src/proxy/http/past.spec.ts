import { describe, expect, it } from "vitest";
import { replayedChangesSchema, replayedClustersSchema } from "../../contract/replay.ts";
import type { PastAnswer } from "../replay/replay.ts";
import { clusters, errorOf, get, now, view } from "./testing.ts";

const at = now - 60_000;
const replay = { at, notRecorded: ["nodes"] };
const moment = `at=${new Date(at).toISOString()}`;
const addresses = [
  "/api/clusters?",
  "/api/clusters/lon/upgrade/status?",
  "/api/clusters/lon/history?",
];

function answering(past: Exclude<PastAnswer<never>, { kind: "answer" }>) {
  const answer = async () => past;
  return {
    view: { replay: { ...view.replay, clusters: answer, status: answer, history: answer } },
  };
}

describe("an answer of the past", () => {
  it("of all clusters is marked, also in the form of changes", async () => {
    const past = async () =>
      ({ kind: "answer", answer: { ...clusters, now: at, replay } }) as const;
    const changes = { view: { replay: { ...view.replay, clusters: past } } };
    const whole = await get(`/api/clusters?${moment}`, {}, changes);
    expect(replayedClustersSchema.parse(await whole.json())).toMatchObject({ now: at, replay });
    const since = await get(`/api/clusters?since=x.1&${moment}`, {}, changes);
    expect(replayedChangesSchema.parse(await since.json())).toMatchObject({
      isWhole: true,
      mark: "",
      agesMs: [500],
      replay,
    });
  });

  it.each(addresses)("at %s is refused in words for what is no past", async (address) => {
    const words = async (query: string) => {
      const response = await get(`${address}${query}`);
      expect(response.status).toBe(400);
      return (await errorOf(response)).message;
    };
    expect(await words("at=soon")).toContain("The parameter at is no moment such as");
    expect(await words(`at=${new Date(now + 1).toISOString()}`)).toContain("lies in the future");
    expect(await words(moment)).toContain("lies before all that the history holds");
  });

  it.each(addresses)("at %s tells who asks in vain, and when to ask again", async (address) => {
    const unread = answering({ kind: "unread", message: "The disk does not answer." });
    const answers = await Promise.all([
      get(`${address}${moment}`, {}, unread),
      get(`${address}${moment}`, {}, answering({ kind: "busy" })),
      get(`${address}${moment}`, {}, answering({ kind: "unknown-cluster" })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([503, 429, 404]);
    expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(["5", "1", null]);
  });
});
