import type { ReactNode } from "react";

type InsteadProperties = {
  readonly title: string;
  readonly words: string;
  /** Where else to go. */
  readonly children?: ReactNode;
};

/** What a page says where it has nothing to show, or not yet. */
export function Instead({ title, words, children }: InsteadProperties): ReactNode {
  return (
    <div className="grid justify-items-start gap-3 py-10">
      <h1 className="text-2xl font-semibold">{title}</h1>
      <p className="text-muted">{words}</p>
      {children}
    </div>
  );
}
