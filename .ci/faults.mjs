/**
 * Holds docs/faults.md against what ran: every row of the list has a test, and every named test exists and passed.
 *
 * @param {string} page the page, as Markdown
 * @param {readonly { file: string, title: string, passed: boolean }[]} results every test that ran, its file from the repository's root on
 * @returns {string[]} one sentence for each fault
 */
export function faultsOfPage(page, results) {
  const rows = rowsOf(page);
  const missing = required
    .filter((id) => !rows.has(id))
    .map((id) => `docs/faults.md has no row ${id}.`);
  const wrong = [...rows].flatMap(([id, { holds, proofs }]) => [
    ...(required.includes(id) ? [] : [`${id} is no row of the list.`]),
    ...(holds === "" ? [`${id} does not say what holds.`] : []),
    ...(proofs.length === 0 ? [`${id} names no test.`] : []),
    ...proofs.flatMap((proof) => faultOfProof(proof, results).map((fault) => `${id}: ${fault}`)),
  ]);
  return [...missing, ...wrong];
}

/** How many rows of each kind there are. */
const counts = { N: 12, T: 7, H: 8, P: 6, C: 7, S: 7, D: 8, B: 11, O: 9, X: 50, I: 46 };
const required = Object.entries(counts).flatMap(([kind, count]) =>
  Array.from({ length: count }, (_, index) => `${kind}${index + 1}`),
);

function rowsOf(page) {
  const rows = [...page.matchAll(/^\| ([A-Z]\d+) +\|([^|\n]*)\|([^|\n]*)\|([^\n]*)\|$/gm)];
  return new Map(
    rows.map(([, id, , holds, proofs]) => [
      id,
      {
        holds: holds.trim(),
        proofs: proofs
          .split("<br>")
          .map((proof) => proof.trim().replaceAll("\\|", "|"))
          .filter((proof) => proof !== ""),
      },
    ]),
  );
}

function faultOfProof(proof, results) {
  const [, file, title] = /^`?([^`›]+?)`? › (.+)$/.exec(proof) ?? [];
  if (file === undefined) {
    return [`"${proof}" is not a file, › and a title.`];
  }
  const isMeant = title.endsWith("…")
    ? (result) => result.title.startsWith(title.slice(0, -1))
    : (result) => result.title === title;
  const meant = results.filter((result) => result.file === file && isMeant(result));
  if (meant.length === 0) {
    return [`no test "${title}" ran in ${file}.`];
  }
  return meant.every(({ passed }) => passed) ? [] : [`"${title}" of ${file} did not pass.`];
}
