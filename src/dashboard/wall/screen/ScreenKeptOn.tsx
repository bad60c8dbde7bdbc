import { type ReactNode, useEffect, useState } from "react";
import { keepScreenOn, thisScreen } from "./wakeLock.ts";

/** Keeps the screen on while a wall is shown, and says so where it can't. */
export default function ScreenKeptOn(): ReactNode {
  // Until the browser has said, there is nothing to say.
  const [isKeptOn, setKeptOn] = useState(true);
  useEffect(() => keepScreenOn(thisScreen(), setKeptOn).stop, []);
  return isKeptOn ? null : <span>this screen may switch itself off</span>;
}
