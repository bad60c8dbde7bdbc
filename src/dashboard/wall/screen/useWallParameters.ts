import { useMemo } from "react";
import { useSearch } from "wouter";
import { type WallParameters, wallParameters } from "../parameters.ts";

/** What the address of the wall on screen says. */
export function useWallParameters(): WallParameters {
  const search = useSearch();
  return useMemo(() => wallParameters(search), [search]);
}
