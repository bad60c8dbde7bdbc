import type { ReactNode } from "react";

type ScrollBoxProperties = {
  /** What is in it, for screen readers. */
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
};

/** A box whose content scrolls inside it. */
export function ScrollBox({ label, className, children }: ScrollBoxProperties): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without a mouse, only what has the focus scrolls
    <div role="group" aria-label={label} tabIndex={0} className={`overflow-auto ${className}`}>
      {children}
    </div>
  );
}
