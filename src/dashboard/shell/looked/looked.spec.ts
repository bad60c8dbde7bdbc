import { beforeEach, expect, it } from "vitest";
import { minuteMs, secondMs } from "../../../upgrade/duration.ts";
import { awayBetween, lookedAt, rememberLook } from "./looked.ts";

const now = Date.UTC(2026, 10, 23, 12);

beforeEach(() => localStorage.clear());

it("tells of five minutes in which nobody looked, and of nothing shorter, nor of a clock that was set back", () => {
  expect(awayBetween(null, now)).toBeNull();
  expect(awayBetween(now - 5 * minuteMs + 1, now)).toBeNull();
  expect(awayBetween(now + 60 * minuteMs, now)).toBeNull();
  const since = now - 5 * minuteMs;
  expect(awayBetween(since, now)).toEqual({ since, until: now });
});

it("keeps of each page when it was looked at, to ten seconds, of 200 pages", () => {
  expect(lookedAt("a")).toBeNull();
  rememberLook("a", now);
  rememberLook("a", now + 9 * secondMs);
  expect(lookedAt("a")).toBe(now);
  rememberLook("a", now + 10 * secondMs);
  expect(lookedAt("a")).toBe(now + 10 * secondMs);
  rememberLook("a", now - minuteMs);
  expect(lookedAt("a")).toBe(now - minuteMs);
  for (let page = 0; page < 200; page += 1) {
    rememberLook(`p-${page}`, now + page);
  }
  expect(lookedAt("a")).toBeNull();
  expect(lookedAt("p-0")).toBe(now);
});

it.each(["no JSON", '{"a":"yesterday"}', "[]", "null"])("knows of nothing from %j", (text) => {
  localStorage.setItem("looked", text);
  expect(lookedAt("a")).toBeNull();
});
