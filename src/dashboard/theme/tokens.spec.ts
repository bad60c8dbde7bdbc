import { describe, expect, it } from "vitest";
import { stateOrder } from "../../upgrade/status.ts";
import { faceOf } from "../../upgrade/verdictFace.ts";
import { type Attention, attentions, verdicts } from "../../upgrade/verdictNames.ts";
import { contrast, distance, sights } from "./colourMaths.fixture.ts";
import css from "./tokens.css?raw";

const themes = ["dark", "light", "wall"] as const;
type Theme = (typeof themes)[number];

/** The tokens of a theme: every block that applies to it, later ones winning as in the browser. */
function tokensOf(theme: Theme): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, "");
  for (const [, selectors = "", body = ""] of bare.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const applies = selectors.includes(":root") || selectors.includes(`[data-theme="${theme}"]`);
    if (applies && !selectors.includes("data-live")) {
      for (const [, name = "", value = ""] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
        found.set(name, value.trim());
      }
    }
  }
  return found;
}

const words = ["idle", "preparing", "prepared", "committing", "committed", "rebooting"] as const;
const tones = [...words, "done", "link", "look", "unseen", "person", "act", "stale"] as const;
const grounds = ["color-page", "color-panel", "color-raised"] as const;

/** Two colours this far apart are told from each other at a glance, not only side by side. */
const apart = 0.085;

describe.each(themes)("the tokens of %s", (theme) => {
  const tokens = tokensOf(theme);
  const token = (name: string): string => {
    const value = tokens.get(name);
    if (value === undefined || !/^#[0-9a-f]{6}$/.test(value)) {
      throw new Error(`${name} is no colour: ${value}`);
    }
    return value;
  };
  /** The pairs whose contrast is below the least. */
  const faint = (least: number, pairs: readonly (readonly [string, string])[]): readonly string[] =>
    pairs
      .map(([name, ground]) => [name, ground, contrast(token(name), token(ground))] as const)
      .filter(([, , measured]) => measured < least)
      .map(([name, ground, measured]) => `${name} on ${ground}: ${measured.toFixed(2)}`);

  it("read on every ground: text at 4.5, the edges of controls and focus at 3", () => {
    const texts = ["color-text", "color-muted", ...tones.map((tone) => `color-${tone}`)];
    expect(
      faint(
        4.5,
        grounds.flatMap((on) => texts.map((name) => [name, on] as const)),
      ),
    ).toEqual([]);
    const shapes = ["color-control", "color-focus"];
    expect(
      faint(
        3,
        grounds.flatMap((on) => shapes.map((name) => [name, on] as const)),
      ),
    ).toEqual([]);
  });

  it("read on the tints of the verdicts that ask for something", () => {
    const pairs = ["act", "person", "look"].flatMap((attention) =>
      ["color-text", "color-muted", `color-${attention}`].map(
        (name) => [name, `tint-${attention}`] as const,
      ),
    );
    expect(faint(4.5, pairs)).toEqual([]);
  });

  it("let every band be seen by its fill or its edge, and its text be read", () => {
    const bands = [...words, "done", "act", "link"] as const;
    const unseen = bands.filter(
      (band) =>
        faint(3, [[`band-${band}`, "color-panel"]]).length > 0 &&
        faint(3, [[`edge-${band}`, "color-panel"]]).length > 0,
    );
    expect(unseen).toEqual([]);
    const texts = bands.map((band) => {
      const isPale = band === "idle" || band === "link";
      return [isPale ? "band-idle-text" : "band-text", `band-${band}`] as const;
    });
    expect(faint(4.5, [...texts, ["now-text", "now"]])).toEqual([]);
  });

  it("tell verdicts of different attention apart, however the eye sees", () => {
    const worn = wornTones();
    const alike = worn.flatMap(([attention, tone], place) =>
      worn
        .slice(place + 1)
        .flatMap(([otherAttention, other]) =>
          (attention === otherAttention ? [] : sights)
            .filter(
              (sight) => distance(token(`color-${tone}`), token(`color-${other}`), sight) < apart,
            )
            .map((sight) => `${tone} and ${other}, ${sight}`),
        ),
    );
    expect(worn.length).toBeGreaterThan(9);
    expect(alike).toEqual([]);
  });
});

/** What verdicts wear, by what they ask of people. */
function wornTones(): readonly (readonly [Attention, string])[] {
  const allowed = new Map<string, readonly Attention[]>([
    ["failed", ["act"]],
    ["outage", ["act"]],
    ["denied", ["act"]],
    ["unproven", ["act", "look"]],
    ["waiting", ["person"]],
    ["away", ["none", "look"]],
    ["running", ["none"]],
    ["done", ["none"]],
    ["idle", ["none"]],
  ]);
  // A commit that waits for a person is the one case in which PREPARED has a verdict of its own.
  const states = stateOrder.filter((state) => state !== "UPGRADE_STATE_PREPARED");
  const pairs = verdicts.flatMap((verdict) =>
    attentions
      .filter((attention) => (allowed.get(verdict) ?? ["look"]).includes(attention))
      .flatMap((attention) =>
        states.map((state) => [attention, faceOf({ verdict, attention, state }).tone] as const),
      ),
  );
  return [...new Map(pairs.map((pair) => [pair.join(" "), pair])).values()];
}

it("drains every colour of a state, so that no picture that is not live looks like one", () => {
  const drained = css.slice(css.indexOf('[data-live="false"]'));
  const states = [...tokensOf("dark").keys()].filter((name) =>
    /^(?:band|edge)-|^color-(?!page|panel|raised|line|control|text|muted|focus|stale)/.test(name),
  );
  expect(states.length).toBeGreaterThan(30);
  expect(states.filter((name) => !drained.includes(`--${name}: var(--`))).toEqual([]);
});
