import { memo, type ReactNode, useCallback, useId, useMemo } from "react";
import type { ClusterFacts, FleetAnswer } from "../../api/fleet/answer.ts";
import { clusterFreshness } from "../../api/fleet/freshness.ts";
import { type Newest, serverNow } from "../../api/usePolled.ts";
import { pastHeadline } from "../../shell/past.ts";
import { UncheckedMark } from "../../shell/UncheckedMark.tsx";
import { clockDuration, roughDuration, wholeAgeWords } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useTickingValue } from "../../ui/ticker.ts";
import { Ticking } from "../../ui/Ticking.tsx";
import type { TileSizes } from "./fit.ts";
import { type TileFigure, tileOf, unbroken } from "./tile.ts";

type WallTileProperties = {
  readonly summary: ClusterFacts;
  readonly newest: Newest<FleetAnswer>;
} & TileSizes;

/**
 * One cluster on a wall; it begins with its name. It is drawn anew when something else is told of it, not whenever it was
 * heard again.
 */
export const WallTile = memo(function WallTile(properties: WallTileProperties): ReactNode {
  const { summary, newest, line, headline } = properties;
  const name = useId();
  const tile = useMemo(() => tileOf(summary), [summary]);
  // An outage keeps its red: it is news. What merely grows old is drained, and everything is once the server is lost.
  const isDrained = useTickingValue(
    useCallback(() => {
      const { live, proxyLost } = clusterFreshness(newest, summary);
      return proxyLost || (!live && summary.attention !== "act");
    }, [newest, summary]),
  );
  const { face, figure, since, version } = tile;
  const look = [
    "wall-tile",
    `tone-${face.tone}`,
    tile.isTinted ? "wall-tile-tinted" : "",
    tile.isHatched ? "wall-tile-hatched" : "",
    summary.link === "away" ? "wall-tile-away" : "",
    isDrained ? "wall-tile-drained" : "",
  ];
  const age = (): string => {
    const { ageMs } = clusterFreshness(newest, summary);
    return isDrained || ageMs === null ? "" : `${wholeAgeWords(ageMs)} ago`;
  };
  const lasting = (): string => {
    if (isDrained) {
      const { ageMs } = clusterFreshness(newest, summary);
      return ageMs === null ? "" : `last heard ${wholeAgeWords(ageMs)} ago`;
    }
    const now = serverNow(newest());
    const length = since === null ? "" : `${tile.lasting} ${clockDuration(now - since)}`;
    const left = summary.eta === null ? "" : roughDuration(summary.eta.likely - now);
    const runs = version.to ?? version.from;
    return [length, left, runs].filter((text) => text !== "" && text !== "—").join(" · ");
  };
  return (
    <article
      aria-labelledby={name}
      data-cluster={summary.id}
      className={look.join(" ")}
      data-live={isDrained ? "false" : undefined}
      style={{ "--line": `${line}em`, "--headline": `${headline}em` }}
    >
      <div className={`wall-tile-words ${figure === null ? "" : "wall-has-figure"}`}>
        <div className="flex flex-wrap items-center justify-between gap-x-[0.8em]">
          <h2 id={name} className={`min-w-0 ${tile.isCalm ? "text-muted" : ""}`}>
            {summary.name}
          </h2>
          <Ticking text={age} className="wall-tile-age text-muted" />
          <UncheckedMark about={summary} className="text-[0.8em]" />
        </div>
        <p className="wall-headline flex items-start gap-[0.25em] text-tone">
          <Icon
            shape={face.shape}
            fraction={figure?.kind === "percent" ? figure.fraction : null}
            className="mt-[0.14em] size-[0.78em]"
          />
          <span className="min-w-0">
            {unbroken(
              isDrained && summary.state !== null ? pastHeadline(tile.headline) : tile.headline,
            )}
          </span>
        </p>
        {!isDrained && tile.remark !== "" && (
          <p className="font-semibold text-tone">{tile.remark}</p>
        )}
        <p className="text-muted">
          <Ticking text={lasting} />
        </p>
        {/* What was said while the picture was live may no longer be so. */}
        {!isDrained &&
          tile.sentences.map((sentence) => (
            <p key={sentence} className={tile.isCalm ? "text-muted" : ""}>
              {sentence}
            </p>
          ))}
      </div>
      <Figure figure={figure} />
    </article>
  );
});

function Figure({ figure }: { readonly figure: TileFigure }): ReactNode {
  if (figure === null) {
    return null;
  }
  if (figure.kind === "percent") {
    const percent = `${figure.fraction * 100}%`;
    return (
      <div className="wall-figure" aria-hidden="true">
        <span>
          <span className="block h-full rounded-[inherit] bg-tone" style={{ width: percent }} />
        </span>
      </div>
    );
  }
  return (
    <div className="wall-figure" aria-hidden="true">
      {Array.from({ length: figure.total }, (_, node) => (
        <span key={node} className={node < figure.back ? "bg-tone!" : ""} />
      ))}
    </div>
  );
}
