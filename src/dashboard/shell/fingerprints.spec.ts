import { expect, it } from "vitest";
import { briefFingerprints, hasFingerprint } from "./fingerprints.ts";

const sha256 = Array.from({ length: 32 }, (_, byte) => (byte + 160).toString(16)).join(":");

it("cuts every fingerprint, and nothing else", () => {
  const text = `pinned is ${sha256.toUpperCase()}, presented was ${sha256}. At 10:20:30, [2001:db8::1]:8000.`;
  expect(briefFingerprints(text)).toBe(
    "pinned is A0:A1:A2:A3…, presented was a0:a1:a2:a3…. At 10:20:30, [2001:db8::1]:8000.",
  );
  expect(hasFingerprint(text)).toBe(true);
  expect(hasFingerprint("At 10:20:30.")).toBe(false);
});
