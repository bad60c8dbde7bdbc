import { lazyPart } from "../reload/lazyPart.ts";

/** What is hardly ever said. */
export const Asides = lazyPart("asides", async () => import("../Asides.tsx"));

/** Cues come after the first paint: nothing can have changed before. */
export const Cues = lazyPart("cues", async () => import("./Cues.tsx"));
