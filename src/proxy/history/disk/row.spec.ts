import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureKinds } from "../../../upgrade/observation.ts";
import type { Span } from "../../../upgrade/span.ts";
import { fromRow, toRow } from "./row.ts";

const stretch = {
  from: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  to: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  polls: fc.nat(),
  node: fc.option(fc.webUrl()),
};
const anySpan: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ ...stretch, kind: fc.constant("unobserved" as const) }),
  fc.record({
    ...stretch,
    kind: fc.constant("unreachable" as const),
    failure: fc.record({ kind: fc.constantFrom(...failureKinds), message: fc.string() }),
  }),
  fc.record({
    ...stretch,
    kind: fc.constant("status" as const),
    version: fc.option(fc.string()),
    status: fc.record({
      state: fc.string(),
      progress: fc.option(fc.double({ noNaN: true, min: 0, max: 100 }).map((value) => value + 0)),
      error_info: fc.option(fc.string({ unit: "grapheme" })),
      settings: fc.option(
        fc.record({
          install_path: fc.option(fc.string()),
          target_version: fc.option(fc.string()),
          upgrade_type: fc.option(fc.string()),
          auto_commit: fc.option(fc.boolean()),
          do_rolling_reboot: fc.option(fc.boolean()),
          num_nodes_to_reboot: fc.option(fc.nat()),
        }),
      ),
    }),
  }),
);

describe("a row", () => {
  it("gives back the span that it keeps", () => {
    fc.assert(
      fc.property(anySpan, (span) => {
        const record = { cluster: "lon-prod-1", sequence: 7, span };
        expect(fromRow(toRow(record))).toEqual(record);
      }),
    );
  });

  it("is unreadable after any change to it", () => {
    const row = toRow({
      cluster: "a",
      sequence: 1,
      span: { kind: "unobserved", from: 1, to: 2, polls: 0, node: null },
    });
    expect(fromRow(row)).not.toBeNull();
    expect(fromRow({ ...row, sequence: 2 })).toBeNull();
    expect(fromRow({ ...row, cluster: "b" })).toBeNull();
    expect(fromRow({ ...row, ends_at: 3 })).toBeNull();
    expect(fromRow({ ...row, node: "" })).toBeNull();
    expect(fromRow({ ...row, body: "{} " })).toBeNull();
    expect(fromRow({ ...row, checksum: row.checksum + 1 })).toBeNull();
  });

  it("is unreadable when its checksum is right and its content no span", () => {
    const span: Span = {
      kind: "unreachable",
      from: 1,
      to: 2,
      polls: 1,
      node: null,
      failure: { kind: "refused", message: "refused" },
    };
    const noTime = { ...span, from: Number.MAX_VALUE };
    expect(fromRow(toRow({ cluster: "a", sequence: 1, span: noTime }))).toBeNull();
    expect(fromRow(toRow({ cluster: "a", sequence: 1, span: { ...span, polls: NaN } }))).toBeNull();
  });
});
