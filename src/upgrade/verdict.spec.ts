import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { situationOf, type Surroundings } from "./situation.ts";
import {
  fold,
  hour,
  minute,
  polls,
  rollingSettings,
  second,
  softwareSettings,
  start,
  Story,
  twoOfSixNodes,
} from "./testing/story.ts";
import { decide, linkOf } from "./verdict.ts";
import { attentions, type Decision, links, verdicts } from "./verdictNames.ts";

const alone: Surroundings = { startedAt: start, addresses: 1, reboot: null, blockedReason: null };

const judge = (story: Story, more: Partial<Surroundings> = {}): Decision & { link: string } => {
  const situation = situationOf(story.spans, { ...alone, ...more });
  return { ...decide(situation, story.now), link: linkOf(situation, story.now).link };
};

const untrusted = { kind: "tls", message: "The certificate changed.", trust: true } as const;
const unauthorized = { kind: "auth", message: "401" } as const;

describe("the table of verdicts", () => {
  it("failed: error_info is set, whatever the state; white space is no error", () => {
    const story = new Story().heard("idle").heard("preparing", second, [41, 41]);
    story.error = " \n";
    expect(judge(story.heard("preparing", second, [41, 41])).verdict).toBe("running");
    story.error = "no space";
    expect(judge(story.heard("preparing", second, [41.9, 41.9]))).toMatchObject({
      verdict: "failed",
      attention: "act",
      headline: "Failed at 41 %",
    });
    expect(judge(story.silent(10 * second)).verdict).toBe("failed");
  });

  it("failed: the reboot endpoint reports an error", () => {
    const reboot = {
      ...twoOfSixNodes(start),
      state: "REBOOT_PAUSED_DUE_TO_ERROR",
      error: "Node 3 did not rejoin.",
    };
    expect(judge(new Story().heard("rebooting"), { reboot })).toMatchObject({
      verdict: "failed",
      headline: "Reboot stopped at 2 of 6",
      detail: "The rolling reboot reports an error: Node 3 did not rejoin.",
    });
  });

  it("outage: not before the third failure, where an absence is not expected", () => {
    const story = new Story().heard("idle").silent(2 * second);
    expect(judge(story)).toMatchObject({ verdict: "idle", link: "answering" });
    expect(judge(story.silent(second))).toMatchObject({
      verdict: "outage",
      attention: "act",
      link: "outage",
      reason: "three-polls-unanswered",
    });
  });

  it("outage: a peer that is not trusted, at once and even in an expected absence", () => {
    for (const story of [new Story().heard("idle"), new Story().heard("committing"), new Story()]) {
      expect(judge(story.silent(second, untrusted))).toMatchObject({
        verdict: "outage",
        link: "outage",
        reason: "trust-failure",
      });
    }
  });

  it.each([
    ["software only", softwareSettings, 1, 30 * second, 5 * minute],
    ["rolling, several addresses", rollingSettings, 2, 5 * minute, 30 * minute],
    ["rolling, one address", rollingSettings, 1, 15 * minute, hour],
    ["complete", { ...rollingSettings, do_rolling_reboot: false }, 1, 15 * minute, hour],
    ["type not known", null, 1, 15 * minute, hour],
  ])("away, late, outage: %s", (_, settings, addresses, typicalMs, limitMs) => {
    const story = new Story().heard("idle");
    story.settings = settings;
    story.heard("committed").silent(second);
    const awaySince = story.now - second;
    const at = (awayMs: number): string => {
      const situation = situationOf(story.spans, { ...alone, addresses });
      return decide(situation, awaySince + awayMs).verdict;
    };
    expect([second, typicalMs, typicalMs + 1, limitMs, limitMs + 1].map(at)).toEqual([
      "away",
      "away",
      "late",
      "late",
      "outage",
    ]);
  });

  it("away: near the end of a preparation with auto commit, not in the middle of one", () => {
    const near = new Story()
      .heard("idle")
      .heard("preparing", minute, [0, 90])
      .silent(3 * second);
    expect(judge(near)).toMatchObject({ verdict: "away", attention: "none", link: "away" });
    const middle = new Story()
      .heard("idle")
      .heard("preparing", minute, [0, 89])
      .silent(3 * second);
    expect(judge(middle)).toMatchObject({ verdict: "outage" });
  });

  it("away: after Prepared someone should look, for nobody knows who committed", () => {
    const story = new Story().heard("idle");
    story.settings = { ...softwareSettings, auto_commit: false };
    expect(judge(story.heard("prepared").silent(second))).toMatchObject({
      verdict: "away",
      attention: "look",
      link: "away",
    });
  });

  it("away: a 401 counts as absence where absence is expected, else access is denied", () => {
    expect(judge(new Story().heard("rebooting").silent(second, unauthorized)).verdict).toBe("away");
    expect(judge(new Story().heard("idle").silent(second, unauthorized))).toMatchObject({
      verdict: "denied",
      attention: "act",
      link: "denied",
    });
  });

  it("unproven: idle on another version than the target asks to act, an unreadable one to look", () => {
    const story = new Story().heard("idle").heard("committing").heard("idle");
    expect(judge(story)).toMatchObject({ verdict: "unproven", attention: "act" });
    const unread = new Story().heard("idle").heard("committing");
    unread.version = null;
    expect(judge(unread.heard("idle"))).toMatchObject({ verdict: "unproven", attention: "look" });
  });

  it("unproven and done: news for a day, then idle", () => {
    const story = new Story().heard("idle").heard("committing");
    story.version = "7.2.3";
    story.heard("idle");
    const situation = situationOf(story.spans, alone);
    expect(decide(situation, story.now)).toMatchObject({
      verdict: "done",
      headline: "Upgraded to 7.2.3",
    });
    expect(decide(situation, story.now + 24 * hour).verdict).toBe("idle");
  });

  it("stalled: twenty minutes at one percent, ten in committing, an hour without another node", () => {
    const preparing = new Story().heard("idle").heard("preparing", 20 * minute, [41, 41]);
    expect(judge(preparing)).toMatchObject({ verdict: "running" });
    expect(judge(preparing.heard("preparing", second, [41, 41]))).toMatchObject({
      verdict: "stalled",
      attention: "look",
      detail: "No change at 41 % for 20 min; more than 20 min counts as stalled.",
    });
    expect(judge(new Story().heard("committing", 11 * minute)).verdict).toBe("stalled");
    const rolling = new Story();
    rolling.settings = rollingSettings;
    rolling.heard("rebooting", 61 * minute);
    const reboot = twoOfSixNodes(start);
    expect(judge(rolling, { reboot }).verdict).toBe("stalled");
    expect(judge(rolling, { reboot: { ...reboot, since: start + 2 * minute } }).verdict).toBe(
      "running",
    );
  });

  it("anomaly: progress that fell, as long as the preparation lasts", () => {
    const story = new Story().heard("idle").heard("preparing", second, [60, 60]);
    expect(judge(story.heard("preparing", second, [55, 55]))).toMatchObject({
      verdict: "anomaly",
      reason: "progress-fell",
    });
    expect(judge(story.heard("committing")).verdict).toBe("running");
  });

  it("anomaly: an unknown state is never healthy, with or without an upgrade before", () => {
    for (const story of [new Story(), new Story().heard("idle").heard("preparing")]) {
      expect(judge(story.heardRaw("UPGRADE_STATE_VERIFYING"))).toMatchObject({
        verdict: "anomaly",
        headline: "Unrecognised: UPGRADE_STATE_VERIFYING",
      });
    }
  });

  it("anomaly: prepared with auto commit; waiting: prepared without", () => {
    expect(judge(new Story().heard("idle").heard("prepared")).verdict).toBe("anomaly");
    const story = new Story().heard("idle");
    story.settings = { ...softwareSettings, auto_commit: false };
    expect(judge(story.heard("prepared"))).toMatchObject({
      verdict: "waiting",
      attention: "person",
    });
  });

  it("slow: past the latest time of its own forecast", () => {
    const story = new Story().heard("idle").heard("preparing", 5 * minute, [0, 95]);
    expect(judge(story).verdict).toBe("running");
    expect(judge(story.heard("preparing", 2 * minute, [95, 95]))).toMatchObject({
      verdict: "slow",
      attention: "look",
    });
  });

  it("idle: also after a prepare that was given up, and it says so", () => {
    const story = new Story().heard("idle").heard("preparing", minute, [0, 50]).heard("idle");
    expect(judge(story)).toMatchObject({
      verdict: "idle",
      detail: "Nothing is in flight; it runs 7.1.4. The last upgrade ended without commit.",
    });
  });

  it("unseen: nothing is claimed of the present before the first answer since the start", () => {
    const story = new Story().heard("preparing", minute, [0, 50]).unwatched(minute);
    const startedAt = story.now;
    expect(judge(story, { startedAt })).toMatchObject({ verdict: "unseen", link: "unseen" });
    expect(judge(story.silent(2 * second), { startedAt })).toMatchObject({ verdict: "unseen" });
    expect(judge(story.silent(second), { startedAt })).toMatchObject({ verdict: "outage" });
  });

  it("counts an absence from the last answer, and claims nothing of the time not watched", () => {
    const story = new Story().heard("committing").unwatched(hour).silent(second);
    expect(judge(story)).toMatchObject({ verdict: "outage", reason: "absence-past-limit" });
    expect(judge(story).detail).toMatch(/^Not heard for 1 h, past the limit of 5 min/);
    const watched = new Story().heard("committing").silent(minute);
    expect(judge(watched).detail).toMatch(/^Away for 1 min/);
  });

  it("does not take one node's idle for the end while the nodes still reboot", () => {
    const story = new Story().heard("idle");
    story.settings = rollingSettings;
    story.heard("rebooting");
    story.version = "7.2.3";
    story.heard("idle");
    const reboot = {
      total: 2,
      rebooted: 1,
      state: "REBOOT_IN_PROGRESS",
      error: null,
      since: start,
      sinceExact: true,
      steps: [],
    };
    expect(judge(story, { reboot })).toMatchObject({
      verdict: "running",
      headline: "Rebooting 1 of 2",
    });
    expect(judge(story, { reboot: { ...reboot, state: "REBOOT_IDLE" } }).verdict).toBe("done");
  });

  it("does not know whether a target that can't be read was reached", () => {
    const story = new Story().heard("idle");
    story.settings = { ...softwareSettings, target_version: "7.2.3-rc1" };
    story.heard("committing");
    story.version = "7.2.3";
    expect(judge(story.heard("idle"))).toMatchObject({
      verdict: "unproven",
      attention: "look",
      reason: "target-unreadable",
    });
  });

  it("COMMITTED does not read as finished", () => {
    expect(judge(new Story().heard("idle").heard("committed")).detail).toContain("not finished");
  });
});

it("always decides, with words and a reason, whatever was heard", () => {
  fc.assert(
    fc.property(polls, fc.nat(48 * hour), (observations, laterMs) => {
      const spans = fold([], observations);
      const now = (spans.at(-1)?.to ?? start) + laterMs;
      const situation = situationOf(spans, alone);
      const decision = decide(situation, now);
      expect(verdicts).toContain(decision.verdict);
      expect(attentions).toContain(decision.attention);
      expect(links).toContain(linkOf(situation, now).link);
      expect(decision.headline).not.toBe("");
      expect(decision.reason).toMatch(/^[a-z-]+$/);
      if (decision.verdict === "done") {
        expect(situation.heard?.status.state).toBe("UPGRADE_STATE_IDLE");
      }
    }),
  );
});
