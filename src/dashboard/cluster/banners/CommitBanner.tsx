import type { ReactNode } from "react";
import { useIsReplay } from "../../shell/useIsReplay.ts";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Banner } from "./Banner.tsx";

/** The vendor's own command; this page only offers it and never sends anything to a cluster. */
const commitCommand = "qq upgrade_cluster commit";

/** While a prepared upgrade waits: what has to be done, and the command for it. */
export function CommitBanner(): ReactNode {
  if (useIsReplay()) {
    return (
      <Banner
        tone="person"
        shape="two-bars"
        title="The image was staged, and nothing happened until someone committed it."
      >
        <p className="mt-2 text-muted">This is a replay: nothing is to be done now.</p>
      </Banner>
    );
  }
  return (
    <Banner
      tone="person"
      shape="two-bars"
      title="The image is staged. Nothing happens until someone commits it."
    >
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <code className="rounded-lg border border-line bg-page px-3 py-1.5 font-mono text-sm select-all">
          {commitCommand}
        </code>
        <CopyButton label="Copy command" text={commitCommand} />
      </div>
      <p className="mt-2 text-muted">
        Run it in a session on the cluster. Upgrade Watch only reads; it never commits.
      </p>
    </Banner>
  );
}
