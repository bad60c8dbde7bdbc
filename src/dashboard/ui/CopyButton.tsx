import { type ReactNode, useState } from "react";

type CopyButtonProperties = {
  /** The button's name, e.g. `Copy JSON`. */
  readonly label: string;
  /** What goes to the clipboard. */
  readonly text: string;
};

/** Copies a text and says whether that worked: browsers refuse it on pages without HTTPS. */
export function CopyButton({ label, text }: CopyButtonProperties): ReactNode {
  const [outcome, setOutcome] = useState<"" | "Copied" | "Not copied: select the text">("");
  const copy = (): void => {
    copyText(text).then(
      () => setOutcome("Copied"),
      () => setOutcome("Not copied: select the text"),
    );
  };
  return (
    <span className="inline-flex items-center gap-2">
      <button
        type="button"
        onClick={copy}
        className="rounded-md border border-control px-2.5 py-1 text-xs font-medium hover:bg-raised"
      >
        {label}
      </button>
      <span role="status" className="text-xs text-muted">
        {outcome}
      </span>
    </span>
  );
}

async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
