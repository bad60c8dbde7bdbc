/** A certificate's SHA-256 as OpenSSL writes it; eight bytes and more are no address and no time. */
const fingerprint = /(?:[0-9A-F]{2}:){7,}[0-9A-F]{2}/i;
const everyFingerprint = new RegExp(fingerprint, "gi");

/** Whether a text holds a fingerprint, which no one reads from a wall. */
export function hasFingerprint(text: string): boolean {
  return fingerprint.test(text);
}

/** A text with its fingerprints cut to their begin; the cluster's page has them whole. */
export function briefFingerprints(text: string): string {
  return text.replace(everyFingerprint, (whole) => `${whole.slice(0, "AB:CD:EF:01".length)}…`);
}
