import type { ReactNode } from "react";
import { Instead } from "./Instead.tsx";

/** An address that names no cluster of ours. */
export function NoCluster({ id }: { readonly id: string }): ReactNode {
  return (
    <Instead
      title={`No cluster “${id}” is configured here`}
      words="The fleet lists all that are."
    />
  );
}
