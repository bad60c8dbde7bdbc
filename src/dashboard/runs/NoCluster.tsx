import type { ReactNode } from "react";

/** An address that names no cluster of ours. */
export function NoCluster({ id }: { readonly id: string }): ReactNode {
  return (
    <div className="flex flex-col gap-3 py-10">
      <h1 className="text-2xl font-semibold">No cluster “{id}” is configured here</h1>
      <p className="text-muted">The fleet lists all that are.</p>
    </div>
  );
}
