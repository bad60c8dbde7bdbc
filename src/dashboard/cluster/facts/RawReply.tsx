import type { ReactNode } from "react";
import type { ClusterStatus } from "../../../contract/api.ts";
import { visibleText } from "../../../contract/clusterText.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { ScrollBox } from "../../ui/ScrollBox.tsx";

/** The cluster's own reply on demand, by its own names and values. */
export function RawReply({ status }: { readonly status: ClusterStatus["status"] }): ReactNode {
  const text = visibleText(JSON.stringify(status, null, 2));
  return (
    <details className="min-w-0 rounded-xl border border-line bg-panel">
      <summary className="rounded-xl px-4 py-3 text-sm font-semibold">Raw reply</summary>
      <div className="px-4 pb-4">
        <ScrollBox
          label="Raw reply of the cluster"
          className="max-h-96 rounded-lg border border-line bg-page px-3 py-2"
        >
          <pre className="font-mono text-xs leading-5">
            {status === null ? "No reply yet" : text}
          </pre>
        </ScrollBox>
        {status === null ? null : (
          <p className="mt-2">
            <CopyButton label="Copy reply" text={text} />
          </p>
        )}
      </div>
    </details>
  );
}
