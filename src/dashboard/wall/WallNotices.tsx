import type { ReactNode } from "react";
import type { Notice } from "../../contract/api.ts";
import { Icon } from "../ui/Icon.tsx";

/** A wall is read from afar: of many notices the rest is counted. */
const mostNotices = 3;

/** What is worth knowing and no verdict, across the top of a wall; what stands beside a name already is left out. */
export function WallNotices({ notices }: { readonly notices: readonly Notice[] }): ReactNode {
  const told = notices.filter(({ code }) => code !== "insecure-tls");
  const more = told.length - mostNotices;
  return told.length === 0 ? null : (
    <ul aria-label="Notices" className="wall-notices">
      {told.slice(0, mostNotices).map(({ code, message }) => (
        <li key={code} className="flex items-baseline gap-[0.5em]">
          <Icon shape="diamond" className="size-[0.8em] shrink-0 translate-y-[0.1em] text-look" />
          <span className="line-clamp-2 min-w-0">{message}</span>
        </li>
      ))}
      {more > 0 && <li className="text-muted">and {more} more</li>}
    </ul>
  );
}
