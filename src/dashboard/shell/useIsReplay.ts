import { useQueryClient } from "@tanstack/react-query";
import { askers } from "../api/asker.ts";

/** Whether what is shown is the past: then nothing of the present belongs beside it, and nothing calls for an act. */
export function useIsReplay(): boolean {
  return askers.has(useQueryClient());
}
