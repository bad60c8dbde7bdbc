import { useQuery } from "@tanstack/react-query";
import { type ReactNode, Suspense, useMemo } from "react";
import type { ClusterStatus } from "../../contract/api.ts";
import { newestOf, type Received } from "../api/fetchJson.ts";
import { clusterStatusQuery } from "../api/clusterStatus.ts";
import { isNotFound } from "../api/queries.ts";
import { serverNow, useFreshness } from "../api/usePolled.ts";
import { nodeName } from "../shell/pageAnswer.ts";
import { pastHeadline } from "../shell/past.ts";
import { lazyPart } from "../shell/reload/lazyPart.ts";
import { UncheckedMark } from "../shell/UncheckedMark.tsx";
import { useZone } from "../shell/zone.ts";
import { clockDuration, moment, roughDuration } from "../ui/format.ts";
import { CardBoundary } from "../ui/CardBoundary.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Ticking } from "../ui/Ticking.tsx";
import { addressWords } from "./parameters.ts";
import { useWallParameters } from "./screen/useWallParameters.ts";
import { Rail } from "./tile/Rail.tsx";
import { headlineWidth } from "./tile/fit.ts";
import { tileOf, unbroken } from "./tile/tile.ts";
import { WallFrame } from "./WallFrame.tsx";
import "./one.css";

/** It asks for the history, which is worth no wait. */
const WallStory = lazyPart("wall-story", async () => import("./story/WallStory.tsx"));

const noAbouts: readonly [] = [];

/** One cluster, full screen. */
export default function ClusterWall({ id }: { readonly id: string }): ReactNode {
  const { data: received, error } = useQuery(clusterStatusQuery(id));
  const answer = received?.answer;
  const address = useWallParameters();
  const zone = useZone(answer?.zone ?? "UTC");
  const version = answer === undefined ? null : tileOf(answer).version;
  return (
    <WallFrame
      title={answer?.name ?? id}
      received={received}
      error={isNotFound(error) ? null : error}
      zone={zone}
      address={address}
      place={[...addressWords(address, undefined), answer?.zone ?? ""]}
      isUnknown={isNotFound(error)}
      abouts={answer === undefined ? noAbouts : [answer]}
      heading={
        <>
          <h1 className="min-w-0 text-[1.4em] font-semibold">{answer?.name ?? id}</h1>
          {version !== null && (
            <span className="flex items-center gap-[0.4em] text-[1.4em] text-muted">
              {version.from === "—" ? "" : version.from}
              {version.to !== null && (
                <>
                  <Icon shape="arrow-right" className="size-[0.8em]" /> {version.to}
                </>
              )}
            </span>
          )}
          {address.title !== "" && <span className="text-[1.4em] text-muted">{address.title}</span>}
          {answer !== undefined && <UncheckedMark about={answer} />}
        </>
      }
    >
      {received !== undefined && <Words received={received} zone={zone} />}
      {received === undefined && isNotFound(error) && (
        <p className="wall-alone">No cluster {id} is configured.</p>
      )}
    </WallFrame>
  );
}

type WordsProperties = { readonly received: Received<ClusterStatus>; readonly zone: string };

function Words({ received, zone }: WordsProperties): ReactNode {
  const { answer } = received;
  const { face, figure, since, lasting, headline, remark, sentences } = useMemo(
    () => tileOf(answer),
    [answer],
  );
  const isLive = useFreshness(received, "live");
  const isProxyLost = useFreshness(received, "proxyLost");
  const isDrained = isProxyLost || (!isLive && answer.attention !== "act");
  const { eta, node, link } = answer;
  const word = isDrained && answer.observedAt !== null ? pastHeadline(headline) : headline;
  const facts = (): string => {
    const now = serverNow(received);
    const { observedAt } = newestOf(received).answer;
    const isPresent = !isDrained && since !== null;
    return [
      isPresent ? `${lasting} ${clockDuration(now - since)}` : "",
      isPresent && eta !== null ? `${roughDuration(eta.likely - now)} left` : "",
      observedAt !== null && (isDrained || link !== "answering")
        ? `last heard ${moment(observedAt, answer.now, zone)}`
        : "",
      node === null ? "" : `node ${nodeName(node)}`,
    ]
      .filter((text) => text !== "")
      .join(" · ");
  };
  return (
    <article
      aria-label={answer.name}
      data-cluster={answer.id}
      data-live={isDrained ? "false" : undefined}
      className={`tone-${face.tone} wall-one px-[0.75em]`}
    >
      <p
        className="wall-one-headline flex items-start gap-[0.25em] text-tone"
        style={{ "--width": String(headlineWidth(word)) }}
      >
        <Icon
          shape={face.shape}
          fraction={figure?.kind === "percent" ? figure.fraction : null}
          className="mt-[0.12em] size-[0.78em]"
        />
        <span className="min-w-0 pb-[0.08em]">{unbroken(word)}</span>
      </p>
      <div className="wall-one-detail flex flex-col gap-[0.3em]">
        {!isDrained && remark !== "" && <p className="font-semibold text-tone">{remark}</p>}
        <p className="text-muted">
          <Ticking text={facts} />
        </p>
        {/* What was said while the picture was live may no longer be so. */}
        {!isDrained &&
          sentences.map((sentence) => (
            <p key={sentence} dir="auto">
              {sentence}
            </p>
          ))}
      </div>
      <Rail answer={answer} received={received} isCounting={!isDrained} />
      <CardBoundary renderBroken={() => null}>
        <Suspense fallback={<div className="wall-story" />}>
          <WallStory answer={answer} isLive={!isDrained} zone={zone} />
        </Suspense>
      </CardBoundary>
    </article>
  );
}
