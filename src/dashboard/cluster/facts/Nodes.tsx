import type { ReactNode } from "react";
import type { NodeHealth } from "../../../contract/api.ts";
import { stateWord } from "../../../upgrade/status.ts";
import { versionText } from "../../../upgrade/version.ts";
import { moment } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useClock } from "../../timeline/liveClock.ts";
import { nodeName } from "../../shell/pageAnswer.ts";

type NodesProperties = {
  readonly nodes: readonly NodeHealth[];
  /** The address that answered last. */
  readonly asked: string | null;
  readonly zone: string;
};

/** Each address of the cluster: whether it answers, since when, which version it runs, and its state where they differ. */
export function Nodes({ nodes, asked, zone }: NodesProperties): ReactNode {
  const told = new Set(nodes.flatMap(({ state }) => state ?? []));
  return (
    <Panel title="Nodes">
      <ul className="grid gap-2.5">
        {nodes.map((node) => (
          <Node
            key={node.url}
            node={node}
            isAsked={node.url === asked}
            isAtOdds={told.size > 1}
            zone={zone}
          />
        ))}
      </ul>
    </Panel>
  );
}

type NodeProperties = {
  readonly node: NodeHealth;
  readonly isAsked: boolean;
  /** Whether the nodes tell different states: then each one's is worth a word. */
  readonly isAtOdds: boolean;
  readonly zone: string;
};

function Node({ node, isAsked, isAtOdds, zone }: NodeProperties): ReactNode {
  const clock = useClock();
  const { url, since, state, version, reason } = node;
  const { word, tone, shape } = nodeFace(node);
  const facts = [
    tone === "unseen" ? "" : `since ${moment(since, clock.now(), zone)}`,
    isAtOdds && state !== null ? `says ${stateWord(state)}` : "",
    version === null ? "" : versionText(version),
    isAsked ? "heard last" : "",
  ].filter((fact) => fact !== "");
  return (
    <li className={`tone-${tone} flex gap-3 text-[13px] leading-5`}>
      <span className="mt-0.5 text-tone">
        <Icon shape={shape} className="size-3.5" />
      </span>
      <span className="min-w-0">
        <span className="font-mono break-all">{nodeName(url)}</span>{" "}
        <span className="font-semibold">{word}</span>{" "}
        <span className="text-muted">{facts.join(" · ")}</span>
        {reason === null || node.answered ? null : (
          <bdi className="block break-words text-muted">{reason}</bdi>
        )}
      </span>
    </li>
  );
}

function nodeFace({ answered, reason }: NodeHealth) {
  if (answered) {
    return { word: "answers", tone: "link", shape: "tick" } as const;
  }
  return reason === null
    ? ({ word: "not asked yet", tone: "unseen", shape: "dots" } as const)
    : ({ word: "does not answer", tone: "act", shape: "cross" } as const);
}
