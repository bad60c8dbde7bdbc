import type { ReactNode } from "react";

/** Says that a newer version is there, and leaves it to whoever works here when to load it. */
export function NewBuildOffer({ isOffered }: { readonly isOffered: boolean }): ReactNode {
  return (
    <div role="status" aria-label="New version">
      {isOffered && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-panel px-4 py-2 text-sm sm:px-7">
          A newer version of Upgrade Watch is installed.
          <button
            type="button"
            className="min-h-8 rounded-md border border-control px-2.5 text-muted hover:bg-raised hover:text-text"
            onClick={() => location.reload()}
          >
            Load it
          </button>
        </p>
      )}
    </div>
  );
}
