import { type ReactNode, useId } from "react";

type PanelProperties = {
  readonly title: string;
  readonly children: ReactNode;
  /** Controls beside the title. */
  readonly aside?: ReactNode;
  readonly className?: string;
};

/** A region of the page with its heading. */
export function Panel({ title, children, aside, className = "" }: PanelProperties): ReactNode {
  const heading = useId();
  return (
    <section
      aria-labelledby={heading}
      className={`isolate min-w-0 rounded-xl border border-line bg-panel p-4 ${className}`}
    >
      <header className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id={heading} className="text-sm font-semibold">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
