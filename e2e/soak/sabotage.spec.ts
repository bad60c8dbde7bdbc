import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { sabotages } from "./sabotage.ts";

for (const { name, patch } of sabotages) {
  test(`what is replaced so that ${name} stands in the source once`, () => {
    expect(readFileSync(patch.file, "utf8").split(patch.find)).toHaveLength(2);
  });
}
