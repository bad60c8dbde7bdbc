/** What is said in place of a history: that it is on its way, or why it can't be had. */
export function missingWords(error: Error | null): string {
  return error === null
    ? "Asking for what was heard …"
    : `What was heard can't be shown: ${error.message} It is asked for again.`;
}
