import { describe, expect, it } from "vitest";
import { now, rebootOfSix as reboot, summary } from "../../shell/summary.fixture.ts";
import { sentencesOf, tileOf, unbroken } from "./tile.ts";

const preparing = summary({
  state: "UPGRADE_STATE_PREPARING",
  progress: 99.9,
  verdict: "running",
  headline: "Preparing 99 %",
  detail: "The new image is staged; clients notice nothing.",
});

describe("a tile", () => {
  it("draws a bar only where the cluster gives a percentage, and never a full one below 100", () => {
    expect(tileOf(preparing).figure).toEqual({ kind: "percent", fraction: 0.99 });
    for (const state of [
      "UPGRADE_STATE_COMMITTING",
      "UPGRADE_STATE_PREPARED",
      "UPGRADE_STATE_IDLE",
    ]) {
      expect(tileOf({ ...preparing, state }).figure).toBeNull();
    }
  });

  it("draws nodes one by one where the cluster counts them", () => {
    const rebooting = { ...preparing, state: "UPGRADE_STATE_REBOOTING", reboot };
    expect(tileOf(rebooting).figure).toEqual({ kind: "nodes", back: 2, total: 6 });
    expect(tileOf({ ...rebooting, reboot: { ...reboot, total: 1000 } }).figure).toBeNull();
  });

  it("tells of an outage since when, and what was last heard as past, with no figure that looks alive", () => {
    const linkSince = now - 190_000;
    const tile = tileOf({
      ...preparing,
      progress: 77.7,
      link: "outage",
      linkSince,
      verdict: "outage",
      attention: "act",
      headline: "No answer",
    });
    expect(tile).toMatchObject({ since: linkSince, figure: null, isHatched: true, isTinted: true });
    expect(tile.sentences[0]).toBe("Last: Preparing 77 %");
  });

  it("says why a cluster is not trusted, without its fingerprints, and that nothing was heard only once", () => {
    const sha256 = Array.from({ length: 32 }, () => "AB").join(":");
    const out = { ...preparing, state: null, link: "outage", verdict: "outage" } as const;
    const told = (detail: string, changes = {}) => tileOf({ ...out, detail, ...changes }).sentences;
    const changed = `The certificate changed: pinned is ${sha256}, presented was ${sha256}. Verify it.`;
    const never = "Never heard since the start";
    expect(told(changed)).toEqual(["The certificate changed", "Verify it", never]);
    expect(told(changed, { state: "UPGRADE_STATE_PREPARED", progress: null })).toEqual([
      "The certificate changed",
      "Verify it",
      "Last: Prepared",
    ]);
    const selfSigned = `The certificate is self-signed and not trusted. It presented SHA-256 ${sha256}: compare it.`;
    expect(told(selfSigned)).toEqual(["The certificate is self-signed and not trusted", never]);
    expect(told("3 polls in a row without an answer. Nothing was heard before.")).toEqual([
      "3 polls in a row without an answer",
      "Nothing was heard before",
    ]);
  });

  it("says first whether an absence is expected, and since when", () => {
    const away = tileOf({
      ...preparing,
      link: "away",
      linkSince: now - 252_000,
      verdict: "away",
      detail:
        "Away for 4 min, as expected; up to 5 min is typical (rolling reboot, several addresses).",
    });
    expect(away).toMatchObject({
      lasting: "Away as expected for",
      since: now - 252_000,
      sentences: ["Up to 5 min is typical (rolling reboot, several addresses)"],
    });
    expect(tileOf({ ...preparing, link: "away", verdict: "late" }).lasting).toBe("Away for");
  });

  it("counts what a failed upgrade is in, not how long it has failed", () => {
    const lasting = (changes: Partial<typeof preparing>) =>
      tileOf({ ...preparing, verdict: "failed", ...changes }).lasting;
    expect(lasting({})).toBe("in Preparing for");
    expect(lasting({ state: "UPGRADE_STATE_IDLE" })).toBe("idle for");
    expect(lasting({ link: "outage" })).toBe("No answer for");
  });

  it("says where a begin lies before the moment that it counts from", () => {
    const early = { ...preparing, stateSinceExact: false };
    expect(tileOf(early).lasting).toBe("for ≥");
    expect(tileOf({ ...early, link: "outage", verdict: "outage" }).lasting).toBe("for");
  });

  it("tells the begin of the cluster's own error in one line", () => {
    const told = (errorInfo: string) => tileOf({ ...preparing, errorInfo }).sentences.at(-1);
    expect(told("Disk 3\nis full.\n")).toBe("Disk 3 is full.");
    expect(told("x".repeat(2000))).toHaveLength(161);
    expect(told(" \n")).toContain("clients notice nothing");
  });

  it("is calm where nothing asks for anything", () => {
    expect(tileOf(preparing)).toMatchObject({ isTinted: false, isHatched: false });
  });
});

it.each([
  ["Preparing 62 %", "Preparing 62\u00a0%"],
  ["Rebooting 2 of 6", "Rebooting 2\u00a0of\u00a06"],
  ["Waits for you", "Waits for you"],
])("keeps the figure of %j together", (headline, words) => {
  expect(unbroken(headline)).toBe(words);
});

describe("sentences", () => {
  it.each([
    [
      "Prepared; commit is manual. Nothing happens.",
      ["Prepared; commit is manual", "Nothing happens"],
    ],
    ["It runs 7.9.0.2 now.", ["It runs 7.9.0.2 now"]],
    ["", []],
  ])("of %j are %j", (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });
});
