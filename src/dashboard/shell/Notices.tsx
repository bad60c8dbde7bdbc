import type { ReactNode } from "react";
import type { Notice } from "../../contract/api.ts";
import { moment } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";

type NoticesProperties = {
  readonly notices: readonly Notice[];
  readonly now: number;
  readonly zone: string;
};

/** What is worth knowing and no verdict: one line each, keyed by its code. */
export function Notices({ notices, now, zone }: NoticesProperties): ReactNode {
  return notices.length === 0 ? null : (
    <aside aria-label="Notices">
      <ul
        aria-label="Notices"
        className="flex flex-col gap-1 border-b border-line bg-tint-look px-4 py-2 text-sm sm:px-7"
      >
        {notices.map((notice) => (
          <li key={notice.code} className="flex items-baseline gap-2">
            <Icon shape="diamond" className="size-3.5 translate-y-0.5 text-look" />
            <span>
              {notice.message}{" "}
              <span className="text-muted">since {moment(notice.since, now, zone)}</span>
            </span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
