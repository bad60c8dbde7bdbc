/** What somebody is typing: it outlives a page that loads itself anew, until it was saved. */
const prefix = "upgrade-watch-note ";

/** The draft of a form; empty where there is none, or the browser denies its storage. */
export function draftOf(form: string): string {
  try {
    return sessionStorage.getItem(prefix + form) ?? "";
  } catch {
    return "";
  }
}

/** Keeps a draft in this tab. */
export function keepDraft(form: string, text: string): void {
  try {
    sessionStorage.setItem(prefix + form, text);
  } catch {
    // Denied or full: the draft lives as long as the page does.
  }
}
