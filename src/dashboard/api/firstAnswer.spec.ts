import { afterEach, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { firstAnswer } from "./firstAnswer.ts";

const schema = z.object({ figure: z.number() });
const age = { askedMs: 900, receivedMs: 300 };
const nowMs = 5000;
const path = "api/clusters?since=";

function bring(text: string): void {
  const element = document.createElement("script");
  element.type = "application/json";
  element.id = "first-answer";
  element.dataset["path"] = path;
  element.textContent = text;
  document.body.append(element);
}

afterEach(() => document.body.replaceChildren());

describe("the answer that came along with the page", () => {
  it("is as old as the page", () => {
    bring('{"figure":1}');
    expect(firstAnswer(schema, path, age, nowMs)).toEqual({
      answer: { figure: 1 },
      askedAtMs: 4100,
      receivedAtMs: 4700,
    });
  });

  it("is taken once", () => {
    bring('{"figure":1}');
    expect(firstAnswer(schema, path, age, nowMs)).toBeDefined();
    expect(firstAnswer(schema, path, age, nowMs)).toBeUndefined();
  });

  it("answers no other question, and waits for its own", () => {
    bring('{"figure":1}');
    expect(firstAnswer(schema, "api/clusters/one/upgrade/status", age, nowMs)).toBeUndefined();
    expect(firstAnswer(schema, path, age, nowMs)).toBeDefined();
  });

  it.each([
    ["old", '{"figure":1}', { askedMs: 2500, receivedMs: 2001 }],
    ["of no known age", '{"figure":1}', null],
    ["from the future, by a clock that was set", '{"figure":1}', { askedMs: 5, receivedMs: -1 }],
    ["not understood", '{"figure":"1"}', age],
    ["cut off", '{"figu', age],
  ])("is left alone where it is %s", (_, text, pageAge) => {
    bring(text);
    expect(firstAnswer(schema, path, pageAge, nowMs)).toBeUndefined();
  });
});
