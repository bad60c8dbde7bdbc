import type { ReactNode } from "react";
import type { Received } from "../api/fetchJson.ts";
import { NewBuildOffer } from "./reload/NewBuildOffer.tsx";
import { ScreenClock } from "./ScreenClock.tsx";

type AsidesProperties = {
  readonly received: Received<{ readonly now: number }> | undefined;
  /** Whether a newer version is there; on a wall nobody is asked. */
  readonly isOffered?: boolean;
  readonly className?: string;
};

/** That a newer version is there, and that this screen's clock is wrong: what most pages never say. */
export default function Asides({
  received,
  isOffered,
  className = "",
}: AsidesProperties): ReactNode {
  return (
    <>
      {isOffered !== undefined && <NewBuildOffer isOffered={isOffered} />}
      {received !== undefined && <ScreenClock received={received} className={className} />}
    </>
  );
}
