import type { ReactNode } from "react";
import type { NodeHealth } from "../../../contract/api.ts";
import { versionText } from "../../../upgrade/version.ts";
import { moment } from "../../ui/format.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useClock } from "../liveClock.ts";
import { hostOf } from "../timeline/reading.ts";

type NodesProperties = {
  readonly nodes: readonly NodeHealth[];
  /** The address that answered last. */
  readonly asked: string | null;
  readonly zone: string;
};

/** Each address of the cluster: whether it answers, since when, and which version it runs. */
export function Nodes({ nodes, asked, zone }: NodesProperties): ReactNode {
  const clock = useClock();
  return (
    <Panel title="Addresses">
      <ul className="grid gap-2.5">
        {nodes.map(({ url, answered, since, version, reason }) => (
          <li key={url} className="flex gap-3 text-[13px] leading-5">
            <span className={`mt-0.5 ${answered ? "tone-link" : "tone-act"} text-tone`}>
              <Icon shape={answered ? "tick" : "cross"} className="size-3.5" />
            </span>
            <span className="min-w-0">
              <span className="font-mono break-all">{hostOf(url)}</span>{" "}
              <span className="font-semibold">{answered ? "answers" : "does not answer"}</span>{" "}
              <span className="text-muted">
                since {moment(since, clock.now(), zone)}
                {version === null ? "" : ` · ${versionText(version)}`}
                {url === asked ? " · heard last" : ""}
              </span>
              {reason === null || answered ? null : (
                <bdi className="block break-words text-muted">{reason}</bdi>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
