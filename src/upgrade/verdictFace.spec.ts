import { describe, expect, it } from "vitest";
import { stateOrder, states } from "./status.ts";
import { faceOf, verdictFaces } from "./verdictFace.ts";
import { attentions, verdicts } from "./verdictNames.ts";

describe("faces of verdicts", () => {
  it("give every verdict a word and a shape of its own", () => {
    expect(new Set(verdicts.map((verdict) => verdictFaces[verdict].word)).size).toBe(
      verdicts.length,
    );
    expect(new Set(verdicts.map((verdict) => verdictFaces[verdict].shape)).size).toBe(
      verdicts.length,
    );
  });

  it("let a running upgrade wear its state, so that COMMITTED never wears the tick", () => {
    for (const state of stateOrder) {
      const face = faceOf({ verdict: "running", attention: "none", state });
      expect(face).toEqual({
        word: "Running",
        shape: states[state].shape,
        tone: states[state].token,
      });
      expect(face.shape).not.toBe("tick");
    }
  });

  it("keep the colour of the state in an expected absence, and no state's where someone should look", () => {
    const state = "UPGRADE_STATE_REBOOTING";
    expect(faceOf({ verdict: "away", attention: "none", state }).tone).toBe("rebooting");
    expect(faceOf({ verdict: "away", attention: "look", state }).tone).toBe("look");
    expect(faceOf({ verdict: "unproven", attention: "look", state: null }).tone).toBe("look");
  });

  it("never colour an unknown state or a missing one as healthy", () => {
    for (const verdict of verdicts) {
      for (const attention of attentions.filter((one) => one !== "none")) {
        const face = faceOf({ verdict, attention, state: "UPGRADE_STATE_BANANA" });
        expect(face).toEqual(
          verdict === "unproven" && attention === "look"
            ? { ...verdictFaces.unproven, tone: "look" }
            : verdictFaces[verdict],
        );
      }
    }
    expect(verdictFaces.unseen.tone).toBe("unseen");
  });
});
