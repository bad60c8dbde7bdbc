import type { ReactNode } from "react";
import type { ClusterFacts } from "../../api/fleet/answer.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { TileSizes } from "./fit.ts";
import { headlineOf } from "./tile.ts";

type BrokenTileProperties = {
  readonly summary: ClusterFacts;
  readonly message: string;
  readonly sizes: TileSizes;
};

/** In place of a tile that can't be drawn: the server's own words of the cluster, and what broke. */
export function BrokenTile({ summary, message, sizes }: BrokenTileProperties): ReactNode {
  const { headline } = headlineOf(summary.headline);
  return (
    <article
      aria-label={summary.name}
      className="wall-tile wall-tile-tinted wall-tile-drained tone-look"
      style={{ "--line": `${sizes.line}em`, "--headline": `${sizes.headline}em` }}
    >
      <div className="wall-tile-words">
        <h2>{summary.name}</h2>
        <p className="wall-headline flex items-start gap-[0.25em] text-tone">
          <Icon shape="diamond" className="mt-[0.14em] size-[0.78em]" />
          <span className="min-w-0">{headline}</span>
        </p>
        {summary.headline !== headline && <p>{summary.headline}</p>}
        <p>This tile can’t be drawn in full; it is tried again by itself</p>
        <p className="text-muted">{message}</p>
      </div>
    </article>
  );
}
