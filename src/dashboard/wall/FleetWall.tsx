import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useSearch } from "wouter";
import type { Clusters, Summary } from "../../contract/api.ts";
import type { Received } from "../api/fetchJson.ts";
import { clustersQuery } from "../api/queries.ts";
import { steadyNowMs } from "../api/steadyClock.ts";
import { byAttention, countVerdicts } from "../shell/order.ts";
import { commonZone, useZone } from "../shell/zone.ts";
import { CardBoundary } from "../ui/CardBoundary.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useTickingValue } from "../ui/ticker.ts";
import { BrokenTile } from "./BrokenTile.tsx";
import { layoutOf, pageOf, wordPx } from "./layout.ts";
import { unknownWords, wallParameters } from "./parameters.ts";
import { useSize } from "../ui/useSize.ts";
import { WallFrame } from "./WallFrame.tsx";
import { WallTile } from "./WallTile.tsx";

/** A fleet on a wall: tiles that fill the screen, and pages that take turns where they can't all be read at once. */
export default function FleetWall(): ReactNode {
  const { data: received, error } = useQuery(clustersQuery);
  const search = useSearch();
  const { clusters: ids, rotateMs, title } = useMemo(() => wallParameters(search), [search]);
  const all = received?.answer.clusters;
  const shown = useMemo(
    () => byAttention((all ?? []).filter(({ id }) => ids === null || ids.includes(id))),
    [all, ids],
  );
  const zone = useZone(commonZone(shown));
  const [element, space] = useSize<HTMLDivElement>();
  const screen = { width: globalThis.innerWidth, height: globalThis.innerHeight };
  const layout = space === undefined ? null : layoutOf(shown.length, space, wordPx(screen));
  const pages = layout?.pages ?? 1;
  const page = useTickingValue(() => Math.floor(steadyNowMs() / rotateMs) % pages);
  const tiles = layout === null ? [] : pageOf(shown, layout, page);
  const turn =
    pages > 1 ? `${tiles.length} of ${shown.length} shown · page ${page + 1} of ${pages}` : "";
  const place = [unknownWords(ids, all), turn].filter((text) => text !== "").join(" · ");
  return (
    <WallFrame
      title={title === "" ? "Wall" : title}
      received={received}
      error={error}
      zone={zone}
      place={place}
      heading={<h1 className="font-semibold">{title === "" ? "Upgrade Watch" : title}</h1>}
      counts={<Counts clusters={shown} />}
      attentions={shown.map(({ attention }) => attention)}
    >
      <div
        ref={element}
        className="wall-grid"
        style={
          layout === null
            ? {}
            : {
                gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
                gridTemplateRows: `repeat(${layout.rows}, minmax(0, 1fr))`,
              }
        }
      >
        {received !== undefined && <Tiles tiles={tiles} received={received} />}
        {received !== undefined && shown.length === 0 && (
          <p className="self-center text-center text-[2em]">
            No cluster of this wall is configured.
          </p>
        )}
      </div>
    </WallFrame>
  );
}

type TilesProperties = {
  readonly tiles: readonly Summary[];
  readonly received: Received<Clusters>;
};

function Tiles({ tiles, received }: TilesProperties): ReactNode {
  return tiles.map((summary) => (
    <CardBoundary
      key={summary.id}
      renderBroken={(message) => <BrokenTile summary={summary} message={message} />}
    >
      <WallTile summary={summary} received={received} />
    </CardBoundary>
  ));
}

function Counts({ clusters }: { readonly clusters: readonly Summary[] }): ReactNode {
  return (
    <ul aria-label="Clusters by situation" className="flex flex-wrap gap-x-[1.2em]">
      {countVerdicts(clusters).map(({ verdict, face, count }) => (
        <li
          key={verdict}
          className={`tone-${face.tone} flex items-center gap-[0.4em] ${face.tone === "idle" ? "text-muted" : "text-tone"}`}
        >
          <Icon shape={face.shape} className="size-[0.8em]" />
          {count} {face.word.charAt(0).toLowerCase() + face.word.slice(1)}
        </li>
      ))}
    </ul>
  );
}
