import type { ReactNode } from "react";
import type { Notice } from "../../contract/api.ts";
import { Icon } from "../ui/Icon.tsx";

type UncheckedMarkProperties = {
  readonly about: { readonly notices: readonly Notice[] };
  readonly className?: string;
};

/** Says of one cluster that anyone could pose as it; nothing where its certificate is checked. */
export function UncheckedMark({ about, className = "" }: UncheckedMarkProperties): ReactNode {
  return about.notices.some(({ code }) => code === "insecure-tls") ? (
    <span className={`inline-flex items-center gap-[0.35em] text-look ${className}`}>
      <Icon shape="diamond" className="size-[0.8em] shrink-0" />
      Certificate not checked
    </span>
  ) : null;
}
