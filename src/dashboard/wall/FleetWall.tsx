import { useQuery } from "@tanstack/react-query";
import { memo, type ReactNode, useMemo } from "react";
import type { Received } from "../api/fetchJson.ts";
import type { ClusterFacts, FleetAnswer } from "../api/fleet/answer.ts";
import { clustersQuery } from "../api/fleet/queries.ts";
import { steadyNowMs } from "../api/steadyClock.ts";
import { useNewest } from "../api/usePolled.ts";
import { byAttention, countVerdicts } from "../shell/order.ts";
import { commonZone, useZone } from "../shell/zone.ts";
import { CardBoundary } from "../ui/CardBoundary.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useTickingValue } from "../ui/ticker.ts";
import { BrokenTile } from "./tile/BrokenTile.tsx";
import { type TileSizes, type TileTexts, sizesOf } from "./tile/fit.ts";
import { legibleLayout, textsOf } from "./tile/texts.ts";
import { type Layout, mostCounts, type Space, tileSpace, wordPx } from "./layout.ts";
import { moreWords, pageOf, pageWords, turnsOf, type WallPage } from "./pages.ts";
import { addressWords, meantBy } from "./parameters.ts";
import { useWallParameters } from "./screen/useWallParameters.ts";
import { useSize } from "../ui/useSize.ts";
import { WallFrame } from "./WallFrame.tsx";
import { WallTile } from "./tile/WallTile.tsx";

/** A fleet on a wall: tiles that fill the screen, and pages that take turns where they can't all be read at once. */
export default function FleetWall(): ReactNode {
  const { data: received, error } = useQuery(clustersQuery);
  const address = useWallParameters();
  const { rotateMs, title, zoom } = address;
  const all = received?.answer.clusters;
  const shown = useMemo(() => byAttention(meantBy(address, all ?? [])), [all, address]);
  const zone = useZone(useMemo(() => commonZone(shown), [shown]));
  const [element, space] = useSize<HTMLDivElement>();
  const screen = { width: innerWidth, height: innerHeight };
  const word = wordPx(screen, zoom);
  const texts = useMemo(() => shown.map(textsOf), [shown]);
  const layout = useLayout(texts, space, word, zoom);
  const places = layout === null ? 1 : layout.columns * layout.rows;
  const turns = useMemo(() => turnsOf(shown, places), [shown, places]);
  const pages = turns.pages.length;
  const page = useTickingValue(() => Math.floor(steadyNowMs() / rotateMs) % pages);
  const onScreen = useMemo(() => pageOf(turns, page), [turns, page]);
  const tiles = useSizes(onScreen, layout, space, word);
  return (
    <WallFrame
      title={title || "Wall"}
      received={received}
      error={error}
      zone={zone}
      address={address}
      place={[...addressWords(address, all), ...pageWords(onScreen, page, pages, shown.length)]}
      urgent={moreWords(onScreen)}
      heading={<h1 className="font-semibold">{title || "Upgrade Watch"}</h1>}
      counts={<Counts clusters={shown} most={mostCounts(screen, word)} />}
      abouts={shown}
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
          <p className="wall-alone">No cluster is what this wall’s address asks for.</p>
        )}
      </div>
    </WallFrame>
  );
}

/** The layout for so much space; null until it is known. Measuring words is dear, and most answers change none. */
function useLayout(
  texts: readonly TileTexts[],
  space: Space | undefined,
  word: number,
  zoom: number,
): Layout | null {
  return useMemo(
    () => (space === undefined ? null : legibleLayout(texts, space, word, zoom)),
    [texts, space, word, zoom],
  );
}

/** A tile and how large its words are. */
type SizedTile = { readonly summary: ClusterFacts; readonly sizes: TileSizes };

function useSizes(
  { tiles }: WallPage<ClusterFacts>,
  layout: Layout | null,
  space: Space | undefined,
  word: number,
): readonly SizedTile[] {
  return useMemo(() => {
    if (layout === null || space === undefined) {
      return [];
    }
    const tile = tileSpace(layout, space, word);
    return tiles.map((summary) => ({ summary, sizes: sizesOf(textsOf(summary), tile, word) }));
  }, [tiles, layout, space, word]);
}

type TilesProperties = {
  readonly tiles: readonly SizedTile[];
  readonly received: Received<FleetAnswer>;
};

function Tiles({ tiles, received }: TilesProperties): ReactNode {
  const newest = useNewest(received);
  return useMemo(
    () =>
      tiles.map(({ summary, sizes }) => (
        <CardBoundary
          key={summary.id}
          renderBroken={(message) => (
            <BrokenTile summary={summary} message={message} sizes={sizes} />
          )}
        >
          <WallTile summary={summary} newest={newest} {...sizes} />
        </CardBoundary>
      )),
    [tiles, newest],
  );
}

type CountsProperties = { readonly clusters: readonly ClusterFacts[]; readonly most: number };

const Counts = memo(function Counts({ clusters, most }: CountsProperties): ReactNode {
  const counts = countVerdicts(clusters);
  const told = counts.length > most ? counts.slice(0, most - 1) : counts;
  const others = counts.slice(told.length).reduce((sum, { count }) => sum + count, 0);
  return (
    <ul aria-label="Clusters by situation" className="flex flex-wrap gap-x-[1.2em]">
      {told.map(({ verdict, face, count, word }) => (
        <li
          key={verdict}
          className={`tone-${face.tone} flex items-center gap-[0.4em] ${face.tone === "idle" ? "text-muted" : "text-tone"}`}
        >
          <Icon shape={face.shape} className="size-[0.8em]" />
          {count} {word.charAt(0).toLowerCase() + word.slice(1)}
        </li>
      ))}
      {others > 0 && <li className="text-muted">{others} others</li>}
    </ul>
  );
});
