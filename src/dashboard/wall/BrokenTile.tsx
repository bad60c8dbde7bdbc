import type { ReactNode } from "react";
import type { Summary } from "../../contract/api.ts";
import { Icon } from "../ui/Icon.tsx";

type BrokenTileProperties = { readonly summary: Summary; readonly message: string };

/** In place of a tile that can't be drawn: the server's own words of the cluster, and what broke. */
export function BrokenTile({ summary, message }: BrokenTileProperties): ReactNode {
  return (
    <article
      aria-label={summary.name}
      className="wall-tile wall-tile-tinted wall-tile-drained tone-look"
    >
      <div className="wall-tile-words">
        <h2>{summary.name}</h2>
        <p className="wall-headline flex items-start gap-[0.25em] text-tone">
          <Icon shape="diamond" className="mt-[0.14em] size-[0.78em]" />
          <span className="min-w-0">{summary.headline}</span>
        </p>
        <p>This tile can’t be drawn in full; it is tried again by itself</p>
        <p className="text-muted">{message}</p>
      </div>
    </article>
  );
}
