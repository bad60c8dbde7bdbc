import { execFileSync } from "node:child_process";
import { findBrowser, usualPlaces } from "./browser.ts";

/** Builds what is not built and finds a browser, once for all workers, which inherit the environment. */
export default async function globalSetup(): Promise<void> {
  execFileSync(process.execPath, ["src/launch.mjs", "build", "--if-stale"], { stdio: "inherit" });
  process.env["UPGRADE_WATCH_BROWSER"] = JSON.stringify(await findBrowser(usualPlaces()));
}
