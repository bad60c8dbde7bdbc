import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { now, summary } from "./summary.fixture.ts";
import { UncheckedMark } from "./UncheckedMark.tsx";

const marked = (...codes: readonly string[]) => {
  const notices = codes.map((code) => ({ code, since: now, message: "…" }));
  return renderToStaticMarkup(<UncheckedMark about={summary({ notices })} />);
};

it("marks a cluster whose certificate is not checked, and none for another notice", () => {
  expect(marked("nodes-disagree", "insecure-tls")).toContain("Certificate not checked");
  expect(marked("nodes-disagree")).toBe("");
  expect(marked()).toBe("");
});
