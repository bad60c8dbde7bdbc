import type { Cue, CueAbout } from "./cues.ts";

const shown = new Map<string, Notification>();

/** Whether this page may show notifications; `ask` where nobody was asked yet. */
export function notifyLeave(): "granted" | "denied" | "ask" {
  if (!("Notification" in globalThis)) {
    return "denied";
  }
  return Notification.permission === "default" ? "ask" : Notification.permission;
}

/** Asks the person in front of it for leave; only inside a click. */
export async function askLeave(): Promise<boolean> {
  return "Notification" in globalThis && (await Notification.requestPermission()) === "granted";
}

/** Shows a cue on the desktop; a newer one of the same cluster takes the older one's place. */
export function notify({ id, kind, name, headline }: Cue): void {
  if (notifyLeave() !== "granted") {
    return;
  }
  try {
    const notification = new Notification(`${name}: ${headline}`, {
      tag: `upgrade-watch ${id}`,
      body: "Upgrade Watch",
      // It has a sound of its own, where this screen is to sound.
      silent: true,
      requireInteraction: kind === "act",
    });
    notification.addEventListener("click", () => {
      focus();
      notification.close();
    });
    shown.get(id)?.close();
    shown.set(id, notification);
  } catch {
    // Browsers of telephones know the word, and refuse it to pages; title and badge still tell.
  }
}

/** Takes back the notifications whose cause is over. */
export function withdraw(abouts: readonly CueAbout[]): void {
  for (const [id, notification] of shown) {
    const about = abouts.find((one) => one.id === id);
    if (about === undefined || (about.attention === "none" && about.verdict !== "done")) {
      notification.close();
      shown.delete(id);
    }
  }
}
