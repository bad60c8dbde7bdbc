import { createStoredChoice } from "../../ui/storedChoice.ts";

/** Whether this screen sounds; `?sound=on` in an address says so too. */
export const soundChoice = createStoredChoice(
  "sound",
  ["off", "on"],
  location.search,
  () => localStorage,
);

/** Whether this screen shows notifications of the desktop; `?notify=on` in an address says so too. */
export const notifyChoice = createStoredChoice(
  "notify",
  ["off", "on"],
  location.search,
  () => localStorage,
);
