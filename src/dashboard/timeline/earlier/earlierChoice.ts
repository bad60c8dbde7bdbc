import { createStoredChoice } from "../../ui/storedChoice.ts";

/** Whether earlier upgrades are drawn behind the present one. */
export const earlierChoice = createStoredChoice(
  "earlier",
  ["hide", "show"],
  location.search,
  () => localStorage,
);

/** So many lines can still be told apart. */
export const earlierCount = 8;
