import { faults } from "./stories/faults.ts";
import { reboots } from "./stories/reboots.ts";
import { upgrades } from "./stories/upgrades.ts";

/** Every story that a pretend cluster can live through, by name. */
export const scenarios = { ...upgrades, ...reboots, ...faults };

/** The name of a scenario. */
export type ScenarioName = keyof typeof scenarios;

/** Whether there is a scenario of this name. */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}
