import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Failure } from "./observation.ts";
import { situationOf } from "./situation.ts";
import type { Span } from "./span.ts";
import { second, start, Story } from "./testing/story.ts";
import { troubleOf } from "./trouble.ts";
import { decide, linkOf } from "./verdict.ts";

const untrusted: Failure = { kind: "tls", message: "another certificate", trust: true };
const forbidden: Failure = { kind: "auth", message: "403" };

/** What page and wall would say now. */
function said(story: Story) {
  const surroundings = { startedAt: start, addresses: 1, reboot: null, blockedReason: null };
  const situation = situationOf(story.spans, surroundings);
  const { verdict, headline, detail } = decide(situation, story.now);
  return { link: linkOf(situation, story.now).link, verdict, headline, detail };
}

/** Polls one after another: true was answered. */
const polls = fc.array(fc.boolean(), { maxLength: 60 });

/** The link after each of the polls of a cluster that is idle. */
function linksOf(answered: readonly boolean[]): readonly string[] {
  const story = new Story().heard("idle", 2 * second);
  return answered.map(
    (isAnswer) => said(isAnswer ? story.heard("idle") : story.silent(second)).link,
  );
}

describe("trouble", () => {
  it("ends with the second answer in a row, not with the first", () => {
    const story = new Story().heard("idle", 2 * second).silent(3 * second);
    expect(said(story)).toMatchObject({ link: "outage", headline: "No answer" });
    expect(said(story.heard("idle"))).toEqual({
      link: "outage",
      verdict: "outage",
      headline: "No steady answer",
      detail:
        "3 of the last 4 polls were not answered; it is back after 2 answers in a row. Last reason: refused",
    });
    expect(said(story.heard("idle"))).toMatchObject({ link: "answering", verdict: "idle" });
  });

  it("says the same all the while a cluster answers every other poll, and keeps every failure", () => {
    const story = new Story().heard("idle", 2 * second).silent(3 * second);
    const words = Array.from({ length: 10 }, () => [
      said(story.heard("idle")).headline,
      said(story.silent(second)).headline,
    ]);
    expect(new Set(words.flat())).toEqual(new Set(["No steady answer"]));
    const failed = story.spans.filter(({ kind }) => kind === "unreachable");
    expect(failed.reduce((sum, span) => sum + span.polls, 0)).toBe(13);
  });

  it("does not begin where every other poll fails: the cluster answers all the while", () => {
    const story = new Story().heard("idle", 2 * second);
    const words = Array.from({ length: 10 }, () => [
      said(story.silent(second)).headline,
      said(story.heard("idle")).headline,
    ]);
    expect(new Set(words.flat())).toEqual(new Set(["Idle"]));
  });

  it("does not outlast an absence that is expected: that ends with the first answer", () => {
    const story = new Story()
      .heard("idle")
      .heard("committed")
      .silent(20 * second);
    expect(said(story).link).toBe("away");
    expect(said(story.heard("idle")).link).toBe("answering");
    // An outage gives way to it, too: whoever says that it commits is expected to go.
    const again = new Story()
      .heard("idle")
      .silent(3 * second)
      .heard("committing")
      .silent(second);
    expect(said(again).link).toBe("away");
  });

  it("outlasts the silence of who was not to be trusted, even where an absence is expected", () => {
    const story = new Story().heard("idle").heard("committed").silent(second, untrusted);
    const before = said(story);
    expect(before).toMatchObject({ link: "outage", headline: "Not trusted" });
    expect(said(story.silent(20 * second))).toMatchObject(before);
    story.heard("idle").heard("idle");
    expect(said(story).link).toBe("answering");
  });

  it.each<[string, Failure, string]>([
    ["not trusted", untrusted, "outage"],
    ["denied", forbidden, "denied"],
  ])("begins at once where the cluster is %s, and ends with two answers", (_, failure, link) => {
    const story = new Story().heard("idle", 2 * second);
    const words = [
      said(story.silent(second, failure)).link,
      said(story.heard("idle")).link,
      said(story.silent(second, failure)).link,
    ];
    expect(words).toEqual([link, link, link]);
    const headline = said(story).headline;
    expect(said(story.heard("idle")).headline).toBe(headline);
    expect(said(story.heard("idle")).link).toBe("answering");
  });

  it("is forgotten where we did not watch", () => {
    const story = new Story().heard("idle").silent(3 * second);
    const watched: readonly Span[] = story.spans;
    expect(troubleOf(watched, 1)).not.toBeNull();
    expect(troubleOf(story.unwatched(second).heard("idle").spans, 1)).toBeNull();
  });

  it("never ends but with the second answer in a row, and never begins before the third failure", () => {
    fc.assert(
      fc.property(polls, (answered) => {
        const links = linksOf(answered);
        for (const [index, link] of links.entries()) {
          const before = links[index - 1] ?? "answering";
          if (before === "outage" && link !== "outage") {
            expect(answered.slice(index - 1, index + 1)).toEqual([true, true]);
          }
          if (before !== "outage" && link === "outage") {
            expect(answered.slice(index - 2, index + 1)).toEqual([false, false, false]);
          }
          if (answered.slice(index - 1, index + 1).join() === "true,true") {
            expect(link).toBe("answering");
          }
        }
      }),
    );
  });
});
