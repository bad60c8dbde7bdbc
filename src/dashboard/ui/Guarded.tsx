import type { ReactNode } from "react";
import { CardBoundary } from "./CardBoundary.tsx";
import { Icon } from "./Icon.tsx";

type GuardedProperties = {
  /** What it is that may break, as people call it, e.g. `The timeline`. */
  readonly name: string;
  readonly children: ReactNode;
};

/** A part of a page; if it breaks, a panel in its place says so, and everything else goes on. */
export function Guarded({ name, children }: GuardedProperties): ReactNode {
  return (
    <CardBoundary renderBroken={(message) => <BrokenPanel name={name} message={message} />}>
      {children}
    </CardBoundary>
  );
}

type BrokenPanelProperties = { readonly name: string; readonly message: string };

function BrokenPanel({ name, message }: BrokenPanelProperties): ReactNode {
  return (
    <section className="rounded-xl border border-dashed border-control bg-panel px-4 py-3 text-sm">
      <p role="alert" className="flex items-start gap-2 text-look">
        <Icon shape="diamond" className="mt-0.5 size-4 shrink-0" />
        {brokenWords(name)}
      </p>
      <p className="mt-1 font-mono text-xs text-muted">{message}</p>
    </section>
  );
}

/** One sentence for a part that can't be drawn. */
export function brokenWords(name: string): string {
  return `${name} can't be drawn. It is tried again by itself; the rest of the page is not affected.`;
}
