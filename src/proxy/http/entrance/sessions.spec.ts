import { describe, expect, it } from "vitest";
import { openSessions } from "./sessions.ts";

const hourMs = 3_600_000;
const noc = { user: "noc", password: new Uint8Array([1]) };

describe("sessions", () => {
  it("have ids of 256 random bits, and end when they are closed", () => {
    const sessions = openSessions(() => 0);
    const [one, other] = [sessions.open(noc), sessions.open(noc)];
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one).not.toBe(other);
    expect(sessions.find(one)).toMatchObject(noc);
    sessions.close(one);
    expect(sessions.find(one)).toBe(null);
    expect(sessions.find(other)).toMatchObject(noc);
    expect(sessions.find("")).toBe(null);
  });

  it("last a shift while they are used, and two hours while they are not", () => {
    let now = 0;
    const sessions = openSessions(() => now);
    const [used, unused] = [sessions.open(noc), sessions.open(noc)];
    for (now = hourMs; now <= 16 * hourMs; now += hourMs) {
      expect(sessions.find(used)).toMatchObject(noc);
      if (now === 3 * hourMs) {
        expect(sessions.find(unused)).toBe(null);
      }
    }
    expect(sessions.find(used)).toBe(null);
  });

  it("of one user can't push out those of another", () => {
    const sessions = openSessions(() => 0);
    const mine = sessions.open({ ...noc, user: "ann" });
    const first = sessions.open(noc);
    const others = Array.from({ length: 6000 }, () => sessions.open(noc));
    expect(sessions.find(first)).toBe(null);
    expect(sessions.find(others.at(-1) ?? "")).toMatchObject(noc);
    expect(sessions.find(mine)?.user).toBe("ann");
  });
});
