/** Replies made from a valid one by what can go wrong with it, for fuzzing the reader. */
import fc from "fast-check";

/** Stands for a token: wherever it is put, no output of ours may hold it. */
export const canary = "access-v1:canary-of-the-fuzz";

/** A reply as it comes: its bytes, how they are parted, and its headers. */
export type FuzzedReply = {
  readonly bytes: Uint8Array;
  readonly pieceBytes: number;
  readonly headers: Readonly<Record<string, string>>;
};

type Field = readonly [name: string, value: string];

const settings: readonly Field[] = [
  ["install_path", '"/upgrade/qumulo_core_7.9.0.2.qimg"'],
  ["target_version", '"7.9.0.2"'],
  ["upgrade_type", '"SOFTWARE_AND_PLATFORM"'],
  ["auto_commit", "false"],
  ["do_rolling_reboot", "true"],
  ["num_nodes_to_reboot", "1"],
];
const names = ["state", "progress", "settings", "error_info", ...settings.map(([name]) => name)];
const states = ["IDLE", "PREPARING", "PREPARED", "COMMITTING", "COMMITTED", "REBOOTING"];

const oddPieces = fc.constantFrom(
  ..."\0\u001b[31m\r\n\u202e\u2066\u200b\u200d\ufeff\u3164\u{e0041}\ud800\udc00<b>".split(""),
  "\u0301".repeat(200),
  "😀".repeat(70),
  "🇬🇧".repeat(300),
  "… (1,048,576 characters, cut)",
  "<script>alert(1)</script>",
  canary,
);
const oddText = fc
  .array(fc.oneof(oddPieces, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 8 })
  .map((pieces) => pieces.join(""));
const longText = fc
  .tuple(oddText, fc.constantFrom(1, 60, 3000, 20_000))
  .map(([piece, times]) => piece.repeat(Math.ceil(times / (piece.length + 1))));
const number = fc.oneof(
  fc.constantFrom("-0", "1e999", "-1e999", "100.0000001", "1e-300", "9".repeat(400), "37"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const nested = fc.nat(70).map((depth) => `${"[".repeat(depth)}1${"]".repeat(depth)}`);
/** Any value, written as JSON; sometimes as what JSON is not. */
const value = fc.oneof(
  longText.map((text) => JSON.stringify(text)),
  oddText.map((text) => `"${text}"`),
  number,
  nested,
  fc.jsonValue({ maxDepth: 3 }).map((some) => JSON.stringify(some)),
  fc.constantFrom("null", "true", "[]", "{}", "NaN", "undefined", "'x'", "01", '"UPGRADE_IDLE"'),
);
const name = fc.oneof(
  fc.constantFrom(...names, "__proto__", "constructor", "error_state", "STATE", canary),
  oddText,
);

/** What happens to the fields of an object. */
const change = fc.oneof(
  fc.nat().map((at) => (fields: readonly Field[]) => fields.filter((_, index) => index !== at % 7)),
  fc
    .nat()
    .map((at) => (fields: readonly Field[]) => [
      ...fields,
      ...fields.slice(at % (fields.length + 1)),
    ]),
  fc.tuple(fc.nat(), name).map(
    ([at, other]) =>
      (fields: readonly Field[]) =>
        fields.map(([own, kept], index): Field => [index === at % 7 ? other : own, kept]),
  ),
  fc.tuple(fc.nat(), value).map(
    ([at, other]) =>
      (fields: readonly Field[]) =>
        fields.map(([own, kept], index): Field => [own, index === at % 7 ? other : kept]),
  ),
  fc.tuple(name, value).map((more) => (fields: readonly Field[]) => [more, ...fields]),
);
const changes = fc.array(change, { maxLength: 4 });

function written(fields: readonly Field[], space: string): string {
  const pairs = fields.map(([own, content]) => `${JSON.stringify(own)}:${space}${content}`);
  return `{${pairs.join(`,${space}`)}}`;
}

const text = fc
  .tuple(
    fc.constantFrom(...states),
    number,
    value,
    changes,
    changes,
    fc.constantFrom("", " ", "\n\t"),
  )
  .map(([state, progress, error, ofSettings, ofAll, space]) => {
    const inner = written(
      ofSettings.reduce((fields, one) => one(fields), settings),
      space,
    );
    const fields: readonly Field[] = [
      ["state", `"UPGRADE_STATE_${state}"`],
      ["progress", progress],
      ["settings", inner],
      ["error_info", error],
    ];
    return written(
      ofAll.reduce((all, one) => one(all), fields),
      space,
    );
  });

/** What happens to the bytes of a body. */
const damage = fc.oneof(
  { weight: 4, arbitrary: fc.constant((bytes: Uint8Array) => bytes) },
  fc.nat().map((at) => (bytes: Uint8Array) => bytes.slice(0, at % (bytes.length + 1))),
  fc
    .array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
    .map((flips) => (bytes: Uint8Array) => {
      const damaged = bytes.slice();
      for (const [at, byte] of flips) {
        damaged[at % Math.max(1, damaged.length)] = byte;
      }
      return damaged;
    }),
  fc
    .uint8Array({ maxLength: 30 })
    .map((junk) => (bytes: Uint8Array) => Uint8Array.from([...bytes.slice(0, 5000), ...junk])),
);

/** Valid replies and what becomes of them. */
export const fuzzedReplies: fc.Arbitrary<FuzzedReply> = fc.record({
  bytes: fc.tuple(text, damage).map(([body, harm]) => harm(new TextEncoder().encode(body))),
  pieceBytes: fc.oneof(fc.integer({ min: 1, max: 64 }), fc.constant(16_384)),
  headers: fc.oneof(
    { weight: 4, arbitrary: fc.constant({ "content-type": "application/json" }) },
    fc.record(
      {
        "content-type": fc.constantFrom("text/plain", "text/html", "image/png", "", `a/${canary}`),
        "content-encoding": fc.constantFrom("identity", "gzip", "", canary),
      },
      { requiredKeys: [] },
    ),
  ),
});
