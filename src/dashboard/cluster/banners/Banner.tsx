import type { ReactNode } from "react";
import type { Tone } from "../../../upgrade/verdictFace.ts";
import { Icon, type IconShape } from "../../ui/Icon.tsx";

type BannerProperties = {
  readonly tone: Tone;
  readonly shape: IconShape;
  readonly title: ReactNode;
  readonly children?: ReactNode;
};

/** The common look of the banners: a shape and a title in its colour, and the rest below. */
export function Banner({ tone, shape, title, children }: BannerProperties): ReactNode {
  return (
    <div
      className={`tone-${tone} mb-4 flex gap-3 rounded-xl border border-edge bg-tint px-4 py-3 text-sm`}
    >
      <span className="mt-0.5 text-tone">
        <Icon shape={shape} className="size-5" />
      </span>
      <div className="min-w-0 grow">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
}
