import { describe, expect, it } from "vitest";
import { type Claims, disagreementOf, type Stretch } from "./disagreement.ts";

const stretch = (value: string, from: number, to = from): Stretch => ({ value, from, to });

const node = (host: number, state: Stretch | null, version: Stretch | null = null): Claims => ({
  url: `https://10.0.0.${host}:8000`,
  state,
  version,
});

const idle = "UPGRADE_STATE_IDLE";
const preparing = "UPGRADE_STATE_PREPARING";
const rebooting = "UPGRADE_STATE_REBOOTING";

describe("nodes that disagree", () => {
  it("do not while they say the same, or one is silent", () => {
    expect(
      disagreementOf([node(11, stretch(idle, 0, 90)), node(12, stretch(idle, 60))]),
    ).toBeNull();
    expect(disagreementOf([node(11, stretch(idle, 0, 90)), node(12, null)])).toBeNull();
  });

  it("are told with who says what, and whom the picture follows", () => {
    const claims = [
      node(11, stretch(preparing, 0, 90), stretch("7.1.4", 0, 90)),
      node(12, stretch(idle, 60)),
      node(13, stretch(preparing, 70)),
    ];
    expect(disagreementOf(claims)).toBe(
      "Nodes disagree: 10.0.0.11:8000 says Preparing on 7.1.4; 10.0.0.12:8000 says Idle. The picture follows 10.0.0.11:8000.",
    );
  });

  it("are told mildly while nodes restart", () => {
    const claims = [node(11, stretch(rebooting, 0, 90)), node(12, stretch(idle, 60))];
    expect(disagreementOf(claims)).toContain(
      "While nodes restart that is normal for a short time.",
    );
  });

  it("do not where one only spoke before the other changed its mind", () => {
    expect(
      disagreementOf([node(11, stretch(preparing, 61, 90)), node(12, stretch(idle, 60))]),
    ).toBeNull();
  });

  it("may run different versions and agree on the state", () => {
    const claims = [
      node(11, stretch(idle, 0, 90), stretch("7.1.4", 10, 90)),
      node(12, stretch(idle, 60), stretch("7.2.0", 60)),
    ];
    expect(disagreementOf(claims)).toContain("Idle on 7.1.4; 10.0.0.12:8000 says Idle on 7.2.0");
  });

  it("are not all named where they are many", () => {
    const claims = [
      node(11, stretch(idle, 0, 90)),
      ...Array.from({ length: 6 }, (_, index) => node(20 + index, stretch(preparing, 50))),
    ];
    expect(disagreementOf(claims)).toContain("; and 3 more.");
  });
});
