import { lazyPart } from "../reload/lazyPart.ts";

/** Cues come after the first paint: nothing can have changed before. */
export const Cues = lazyPart("cues", async () => import("./Cues.tsx"));
