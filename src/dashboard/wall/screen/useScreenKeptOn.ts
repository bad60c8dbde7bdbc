import { useEffect, useState } from "react";
import { keepScreenOn, thisScreen } from "./wakeLock.ts";

/** Keeps the screen on while a wall is shown. @returns whether it is; true until the browser has said */
export function useScreenKeptOn(): boolean {
  const [isKeptOn, setKeptOn] = useState(true);
  useEffect(() => keepScreenOn(thisScreen(), setKeptOn).stop, []);
  return isKeptOn;
}
