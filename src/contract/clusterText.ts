/** Text of a cluster made safe to show: nothing invisible, nothing endless, nothing that reverses what stands around it. */

/** Made when it is first needed: few texts are so long, and on a slow display it takes a tenth of a second. */
let segmenter: Intl.Segmenter | undefined;

const encoder = new TextEncoder();

/** The note on a cut text is no longer than this. */
const longestNote = 40;

/** A grapheme may carry so many code units; what piles up beyond is cut. */
const longestGrapheme = 32;

/**
 * Makes every invisible or reordering character visible, and replaces broken surrogates. Newlines and tabs stay.
 */
export function visibleText(text: string): string {
  return wellFormed(text)
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (control) =>
      String.fromCodePoint(0x2400 + (control.codePointAt(0) ?? 0)),
    )
    .replace(/\u007f/g, "\u2421")
    .replace(
      // Variation selectors are left out: ordinary emoji carry them.
      /(?![\ufe00-\ufe0f])[\p{Default_Ignorable_Code_Point}\u0080-\u009f\u2028\u2029\ufff9-\ufffb]/gu,
      (hidden) => `‹U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`,
    );
}

/** A single line of at most so many graphemes, safe to show. */
export function shortText(text: string, limit: number): string {
  const line = visibleText(text.slice(0, limit * longestGrapheme)).replace(/[\n\t]+/g, " ");
  const kept = firstGraphemes(line, limit);
  return kept.length < line.length || text.length > limit * longestGrapheme ? `${kept}…` : kept;
}

/**
 * An error text of at most so many bytes, safe to show; where it was cut, it says so and how long it was.
 *
 * @param limitBytes in UTF-8, counted after invisible characters were made visible; no less than the note takes
 */
export function cutErrorInfo(text: string, limitBytes: number): string {
  // Cut before the costly work: no character takes less than a byte.
  const visible = limitGraphemes(visibleText(text.slice(0, limitBytes)));
  if (text.length <= limitBytes && firstBytes(visible, limitBytes) === visible) {
    return visible;
  }
  // A text that was cut before keeps its first length: that is what the cluster sent.
  const [note] = /… \([\d,]+ characters, cut\)$/.exec(text.slice(-longestNote)) ?? [
    cutNote(text.length),
  ];
  return `${firstBytes(visible, limitBytes - encoder.encode(note).length)}${note}`;
}

/** What stands at the end of a text that was cut: how many UTF-16 code units it had. */
export function cutNote(characters: number): string {
  return `… (${characters.toLocaleString("en-US")} characters, cut)`;
}

/** As many whole characters as so many bytes hold. */
function firstBytes(text: string, bytes: number): string {
  return text.slice(0, encoder.encodeInto(text, new Uint8Array(bytes)).read);
}

/** What a text is with lone surrogates replaced; Node 18 and some browsers lack the method of the same sense. */
function wellFormed(text: string): string {
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    "\ufffd",
  );
}

function firstGraphemes(text: string, limit: number): string {
  // No text has more graphemes than code units.
  if (text.length <= Math.min(limit, longestGrapheme)) {
    return text;
  }
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  let kept = "";
  let count = 0;
  for (const { segment } of segmenter.segment(text)) {
    if (count === limit) {
      break;
    }
    kept += segment.slice(0, longestGrapheme);
    count += 1;
  }
  return kept;
}

/** Cuts characters that pile up marks without end; a text without such is returned as it is. */
function limitGraphemes(text: string): string {
  return /\p{M}{8}/u.test(text) ? firstGraphemes(text, text.length) : text;
}
