import { expect, it } from "vitest";
import { hostOf } from "./hostOf.ts";

it("leaves out of an address what all addresses share, and keeps a port that differs", () => {
  expect(hostOf("https://10.20.0.11:8000")).toBe("10.20.0.11");
  expect(hostOf("https://10.20.0.11:8443")).toBe("10.20.0.11:8443");
});
